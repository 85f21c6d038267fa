package dev.confab.localstack.demollm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private static final List<Turn> CONVERSATION =
      List.of(
          new Turn("system", null, "Be brief"),
          new Turn("user", null, "Hi"),
          new Turn("assistant", null, "Hello"),
          new Turn("user", null, "What is 4711?"));

  @Test
  void tellsWhatReachedIt() {
    assertThat(Answer.to(CONVERSATION, 0))
        .contains("demo LLM")
        .contains("System prompt: \"Be brief\"")
        .contains("Earlier messages: 2.")
        .contains("You wrote: \"What is 4711?\"");
  }

  @Test
  void tellsAStoryOfSomeTensOfWords() {
    String story = Answer.to(List.of(new Turn("user", null, "Tell me a story!")), 0);

    assertThat(story.split(" ")).hasSizeBetween(40, 120);
    assertThat(story).contains("demo LLM");
  }

  @Test
  void continuesWhereverTheTextEnds() {
    String whole = Answer.to(CONVERSATION, 0);
    List<String> tokens = Tokens.of(whole);
    for (int said = 0; said <= tokens.size(); said++) {
      String begun = String.join("", tokens.subList(0, said));

      assertThat(begun + Answer.to(with(new Turn("assistant", null, begun)), 0)).isEqualTo(whole);
    }
  }

  @Test
  void continuesWhenAsked() {
    String whole = Answer.to(CONVERSATION, 0);
    String begun = whole.substring(0, 30);
    Turn ask = new Turn("user", null, "Continue exactly where the text ends, from here.");

    String rest = Answer.to(with(new Turn("assistant", null, begun), ask), 0);

    assertThat(begun + rest).isEqualTo(whole);
  }

  @Test
  void continuesAStampedText() {
    String whole = Answer.to(CONVERSATION, 0);
    String begun = "~t123~" + whole.substring(0, 4) + "~t124~" + whole.substring(4, 7);

    assertThat(Answer.to(with(new Turn("assistant", null, begun)), 0))
        .isEqualTo(whole.substring(7));
  }

  @Test
  void hasTheLengthThatIsWanted() {
    for (int tokens : new int[] {1, 50, 400}) {
      assertThat(Tokens.of(Answer.to(CONVERSATION, tokens))).hasSize(tokens);
    }
  }

  @Test
  void aRequestToContinueAWholeAnswerIsAnswered() {
    Turn whole = new Turn("assistant", null, Answer.to(CONVERSATION, 0));
    Turn ask = new Turn("user", null, "Now continue from here");

    assertThat(Answer.to(with(whole, ask), 0)).contains("You wrote: \"Now continue from here\"");
  }

  @Test
  void tokensJoinToTheText() {
    String text = "Two  words,\nsupercalifragilistic 🦊🗺 ünïcödé\t1234567890 end. ";

    assertThat(String.join("", Tokens.of(text))).isEqualTo(text);
    assertThat(Tokens.count(text)).isEqualTo(Tokens.of(text).size());
    assertThat(Tokens.of(text))
        .noneMatch(token -> Character.isHighSurrogate(token.charAt(token.length() - 1)));
  }

  private static List<Turn> with(Turn... more) {
    List<Turn> turns = new ArrayList<>(CONVERSATION);
    turns.addAll(List.of(more));
    return turns;
  }
}

package dev.confab.ai.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.ai.provider.Target;
import dev.confab.ai.provider.TestProviders;
import dev.confab.contracts.ai.CompletionRequested.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContextWindowTest {
  private static final String WORDS = "some words of a question that is neither long nor short ";

  private final ContextWindow context =
      new ContextWindow(
          TestProviders.config(
              Map.of(
                  "CONFAB_LLM_CONTEXT_TOKENS", "1000",
                  "CONFAB_LLM_ANSWER_TOKENS", "200",
                  "CONFAB_LLM_CONTEXT_WINDOWS", "special:7b=500")));

  private static Target model(String name, Integer listed) {
    return new Target(TestProviders.listing(name, listed), name);
  }

  private static List<Turn> history(int exchanges) {
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < exchanges; i++) {
      turns.add(new Turn("user", null, "Question " + i + " " + WORDS));
      turns.add(new Turn("assistant", null, "Answer " + i + " " + WORDS));
    }
    turns.add(new Turn("user", null, "The question"));
    return turns;
  }

  @Test
  void aWindowIsAsConfiguredElseListedElsePublishedElseTheDefault() {
    assertThat(context.of(model("special:7b", 8000))).isEqualTo(500);
    assertThat(context.of(model("other", 8000))).isEqualTo(8000);
    assertThat(context.of(model("gpt-4", null))).isEqualTo(8192);
    assertThat(context.of(model("other", null))).isEqualTo(1000);
  }

  @Test
  void whatFitsStaysWhole() {
    List<Turn> turns = history(10);

    assertThat(context.fit(turns, List.of("Be brief"), null, model("big", 100_000)))
        .isEqualTo(turns);
  }

  @Test
  void theOldestGoFirstAndAQuestionGoesWithItsAnswer() {
    List<Turn> turns = history(60);

    List<Turn> fitting = context.fit(turns, List.of("Be brief"), null, model("m", null));

    assertThat(fitting).hasSizeBetween(20, 60);
    assertThat(fitting.getFirst().role()).isEqualTo("user");
    assertThat(turns).endsWith(fitting.toArray(Turn[]::new));
    int tokens =
        fitting.stream().mapToInt(turn -> TokenCount.of(turn.content(), "m")).sum()
            + fitting.size() * HistoryFit.TOKENS_PER_MESSAGE;
    assertThat(tokens).isBetween(700, 800);
  }

  @Test
  void roomIsKeptForTheAnswerAndForWhatIsSentInAnyCase() {
    List<Turn> turns = history(60);
    Target model = model("m", null);

    int usual = context.fit(turns, List.of(), null, model).size();

    assertThat(context.fit(turns, List.of(), 400, model)).hasSizeLessThan(usual);
    assertThat(context.fit(turns, List.of(WORDS.repeat(20)), null, model)).hasSizeLessThan(usual);
  }

  @Test
  void whatIsToBeAnsweredStaysHoweverLongItIs() {
    List<Turn> turns = new ArrayList<>(history(3));
    turns.add(new Turn("user", "Ada", WORDS.repeat(500)));

    assertThat(context.fit(turns, List.of(), null, model("m", null)))
        .containsExactly(turns.getLast());
  }

  @Test
  void noTextHasMoreTokensThanTheBound() {
    for (String text : List.of("plain words", "çäöüß", "漢字かな交じり文", "🌍🎉👩‍👩‍👧", "\n\t  {}[]")) {
      assertThat(TokenCount.of(text, "m")).isLessThanOrEqualTo(TokenCount.atMost(text));
    }
  }
}

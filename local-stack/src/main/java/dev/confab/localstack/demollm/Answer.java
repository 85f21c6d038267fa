package dev.confab.localstack.demollm;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What the demo LLM says to a conversation. The same conversation always gets the same whole
 * answer, so that a text cut off anywhere can be continued where it ends.
 */
final class Answer {
  private static final Pattern CONTINUE =
      Pattern.compile("\\bcontinue\\b.*\\b(here|where|exactly)\\b", caseless());
  private static final Pattern STORY = Pattern.compile("\\bstory\\b", caseless());
  private static final Pattern STAMP = Pattern.compile("~t\\d+~");
  private static final int ECHOED_CODE_POINTS = 400;

  private Answer() {}

  /**
   * The text still to be said.
   *
   * @param tokens length of the whole answer in tokens, or 0 for its natural length
   */
  static String to(List<Turn> turns, int tokens) {
    Turn last = turns.getLast();
    if (last.isFrom("assistant")) {
      List<Turn> conversation = turns.subList(0, turns.size() - 1);
      return rest(whole(conversation, tokens), last.content());
    }
    if (asksToContinue(turns)) {
      List<Turn> conversation = turns.subList(0, turns.size() - 2);
      String rest = rest(whole(conversation, tokens), turns.get(turns.size() - 2).content());
      if (!rest.isEmpty()) {
        return rest;
      }
    }
    return whole(turns, tokens);
  }

  private static boolean asksToContinue(List<Turn> turns) {
    return turns.size() >= 2
        && turns.get(turns.size() - 2).isFrom("assistant")
        && CONTINUE.matcher(turns.getLast().content()).find();
  }

  private static String rest(String whole, String begun) {
    String said = STAMP.matcher(begun).replaceAll("");
    if (whole.startsWith(said)) {
      return whole.substring(said.length());
    }
    return " And so on, says the demo LLM, which did not begin this text.";
  }

  private static String whole(List<Turn> turns, int tokens) {
    String natural = natural(turns);
    return tokens <= 0 ? natural : ofLength(natural, tokens);
  }

  private static String natural(List<Turn> turns) {
    String question = lastOf(turns, "user", turns.size());
    if (turns.getLast().isToolAnswer()) {
      return "The tool said: " + shortened(turns.getLast().content());
    }
    if (STORY.matcher(question).find()) {
      return "A story from the demo LLM. " + Story.about(question);
    }
    int history = (int) turns.stream().filter(turn -> !turn.isFrom("system")).count() - 1;
    StringBuilder text = new StringBuilder("This is the demo LLM, development equipment. ");
    String system = system(turns);
    text.append(system.isEmpty() ? "No system prompt. " : "System prompt: \"" + system + "\". ");
    text.append("Earlier messages: ").append(Math.max(0, history)).append(". ");
    return text.append("You wrote: \"").append(shortened(question)).append("\".").toString();
  }

  private static String ofLength(String natural, int tokens) {
    StringBuilder text = new StringBuilder(natural);
    List<String> cut = Tokens.of(natural);
    for (int chapter = 2; cut.size() < tokens; chapter++) {
      text.append(" Chapter ").append(chapter).append(". ").append(Story.about(natural + chapter));
      cut = Tokens.of(text.toString());
    }
    return String.join("", cut.subList(0, tokens));
  }

  private static String system(List<Turn> turns) {
    String all =
        turns.stream()
            .filter(turn -> turn.isFrom("system"))
            .map(Turn::content)
            .reduce("", (a, b) -> a.isEmpty() ? b : a + " / " + b);
    return shortened(all);
  }

  private static String lastOf(List<Turn> turns, String role, int before) {
    return turns.subList(0, before).stream()
        .filter(turn -> turn.isFrom(role))
        .reduce((first, second) -> second)
        .map(Turn::content)
        .map(Objects::requireNonNull)
        .orElse("");
  }

  private static String shortened(String text) {
    if (text.codePointCount(0, text.length()) <= ECHOED_CODE_POINTS) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, ECHOED_CODE_POINTS)) + "…";
  }

  private static int caseless() {
    return Pattern.CASE_INSENSITIVE | Pattern.DOTALL | Pattern.UNICODE_CASE;
  }
}

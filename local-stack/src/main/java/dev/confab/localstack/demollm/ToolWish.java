package dev.confab.localstack.demollm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the demo LLM asks of a tool before it answers: when the user's message says so, the tool is
 * offered, and no tool has answered yet.
 */
record ToolWish(String tool, Map<String, String> arguments) {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
  private static final Pattern TIME = Pattern.compile("\\bwhat time\\b", FLAGS);
  private static final Pattern ZONE = Pattern.compile("\\bin ([A-Z]\\w+/\\w+)");
  private static final Pattern SUM =
      Pattern.compile(
          "\\bcalculate\\s+([-+*/%^().,\\w\\s]+?)\\s*[?!]*$", FLAGS | Pattern.MULTILINE);
  private static final Pattern SEARCH =
      Pattern.compile("\\bsearch for\\s+(.+?)\\s*[?!.]*$", FLAGS | Pattern.MULTILINE);
  private static final String HAND_OVER_TOOL = "hand_over_to_person";
  private static final Pattern HAND_OVER = Pattern.compile("\\bhand (?:me|this|it) over\\b", FLAGS);
  private static final Pattern ANY =
      Pattern.compile("\\buse ([\\w-]+)(?: with (\\w+)=(\\S+))?", FLAGS);

  /** What is said before the tool is asked. */
  String announcement() {
    if (HAND_OVER_TOOL.equals(tool)) {
      return "Let me pass you on to a person.";
    }
    return "Let me ask the " + tool + ".";
  }

  static Optional<ToolWish> of(CompletionRequest request) {
    int asked = lastQuestion(request.turns());
    if (asked < 0 || request.tools().isEmpty()) {
      return Optional.empty();
    }
    boolean answered =
        request.turns().subList(asked, request.turns().size()).stream()
            .anyMatch(Turn::isToolAnswer);
    return answered
        ? Optional.empty()
        : wish(request.turns().get(asked).content(), request.tools())
            .filter(wish -> request.tools().contains(wish.tool()));
  }

  private static int lastQuestion(List<Turn> turns) {
    int at = turns.size() - 1;
    while (at >= 0 && !turns.get(at).isFrom("user")) {
      at--;
    }
    return at;
  }

  private static Optional<ToolWish> wish(String question, List<String> offered) {
    if (HAND_OVER.matcher(question).find()) {
      return Optional.of(new ToolWish(HAND_OVER_TOOL, Map.of("reason", "asked for by name")));
    }
    Matcher sum = SUM.matcher(question);
    if (sum.find()) {
      return Optional.of(new ToolWish("calculator", Map.of("expression", sum.group(1))));
    }
    Matcher search = SEARCH.matcher(question);
    if (search.find()) {
      return Optional.of(new ToolWish("search_conversations", Map.of("query", search.group(1))));
    }
    if (TIME.matcher(question).find()) {
      Matcher zone = ZONE.matcher(question);
      return Optional.of(
          new ToolWish("clock", zone.find() ? Map.of("zone", zone.group(1)) : Map.of()));
    }
    Matcher any = ANY.matcher(question);
    if (any.find() && offered.contains(any.group(1))) {
      boolean argued = any.group(2) != null;
      return Optional.of(
          new ToolWish(any.group(1), argued ? Map.of(any.group(2), any.group(3)) : Map.of()));
    }
    return Optional.empty();
  }
}

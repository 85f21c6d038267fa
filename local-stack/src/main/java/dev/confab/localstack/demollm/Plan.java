package dev.confab.localstack.demollm;

import java.util.List;
import java.util.Map;

/**
 * What is going to be said to one request, and how.
 *
 * @param tokens of the answer, cut at the request's bound
 * @param toolWish what is asked of a tool after the tokens, or null
 * @param finishReason {@code stop}, {@code length} when it was cut, or {@code tool_calls}
 * @param rate tokens per second, 0 for as fast as possible
 */
record Plan(
    CompletionRequest request,
    Trouble trouble,
    ToolWish toolWish,
    List<String> tokens,
    String finishReason,
    int promptTokens,
    double rate) {

  static Plan of(CompletionRequest request, Trouble trouble, double usualRate) {
    int wanted = trouble.tokens() == null ? 0 : trouble.tokens();
    ToolWish wish = ToolWish.of(request).orElse(null);
    List<String> tokens =
        Tokens.of(wish == null ? Answer.to(request.turns(), wanted) : wish.announcement());
    boolean tooLong = request.maxTokens() > 0 && tokens.size() > request.maxTokens();
    List<String> said = tooLong ? tokens.subList(0, request.maxTokens()) : tokens;
    int promptTokens = request.turns().stream().mapToInt(t -> Tokens.count(t.content())).sum();
    double rate = trouble.rate() == null ? usualRate : trouble.rate();
    String reason = tooLong ? "length" : wish == null ? "stop" : "tool_calls";
    return new Plan(request, trouble, tooLong ? null : wish, said, reason, promptTokens, rate);
  }

  /** Nanoseconds between tokens. */
  long intervalNanos() {
    return rate <= 0 ? 0 : (long) (1e9 / rate);
  }

  /** How many tokens are said before the trouble, or all. */
  int tokensToSay() {
    int end = tokens.size();
    end = trouble.cut() == null ? end : Math.min(end, trouble.cut());
    return trouble.stall() == null ? end : Math.min(end, trouble.stall());
  }

  Map<String, Integer> usage(int completionTokens) {
    return Map.of(
        "prompt_tokens", promptTokens,
        "completion_tokens", completionTokens,
        "total_tokens", promptTokens + completionTokens);
  }
}

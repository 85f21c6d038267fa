package dev.confab.ai.completion;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.contracts.chat.Usage;

/**
 * The answer.
 *
 * @param usage absent if its provider counts nothing
 * @param finishReason {@code stop} or {@code length}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CompletionAnswered(
    String text, String model, String provider, Usage usage, String finishReason) {
  @Override
  public String toString() {
    return "CompletionAnswered[" + provider + ", " + model + ']';
  }
}

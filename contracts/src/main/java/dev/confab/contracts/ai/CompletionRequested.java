package dev.confab.contracts.ai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.contracts.chat.Settings;
import java.time.Instant;
import java.util.List;

/**
 * A reply to be written; it holds all that is needed to write it.
 *
 * @param messageId id of the reply, the same for every attempt
 * @param attempt 1 for the first; a request of a lower attempt than one seen is void
 * @param assistantId assistant or model name that answers
 * @param userId on whose account it is
 * @param turns the fitting history, oldest first; the last one is what is to be answered
 * @param textSoFar what earlier attempts said, to be continued without a visible restart; empty at
 *     first
 * @param deadline when the whole reply must have ended
 * @param canHandOver whether the model may hand the conversation over to a person; null for no
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CompletionRequested(
    String conversationId,
    String messageId,
    int attempt,
    String assistantId,
    String userId,
    Settings settings,
    List<Turn> turns,
    String textSoFar,
    Instant deadline,
    Boolean canHandOver) {
  /** A request where nobody but the model answers. */
  public CompletionRequested(
      String conversationId,
      String messageId,
      int attempt,
      String assistantId,
      String userId,
      Settings settings,
      List<Turn> turns,
      String textSoFar,
      Instant deadline) {
    this(
        conversationId,
        messageId,
        attempt,
        assistantId,
        userId,
        settings,
        turns,
        textSoFar,
        deadline,
        null);
  }

  /**
   * One message of the history.
   *
   * @param role {@code user}, {@code assistant} or {@code system}
   * @param name who said it, where several people talk; else null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Turn(String role, String name, String content) {}
}

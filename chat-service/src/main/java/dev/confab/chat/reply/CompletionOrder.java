package dev.confab.chat.reply;

import dev.confab.contracts.chat.Settings;
import java.time.Instant;
import java.util.UUID;

/**
 * A reply that ai-service shall write, before its history is known.
 *
 * @param named whether the history says who spoke
 * @param canHandOver whether a person may go on in place of the model
 * @param attempt 1 for the first
 * @param textSoFar what earlier attempts said
 */
public record CompletionOrder(
    Reply reply,
    UUID conversationId,
    Settings settings,
    boolean named,
    boolean canHandOver,
    int attempt,
    String textSoFar,
    Instant deadline) {
  /** Never shows what was said. */
  @Override
  public String toString() {
    return "CompletionOrder[" + reply.messageId() + " attempt=" + attempt + ']';
  }
}

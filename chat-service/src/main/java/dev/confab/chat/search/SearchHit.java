package dev.confab.chat.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * A message in which words were found.
 *
 * @param title of the conversation, or null
 * @param snippet HTML: the text around the hits is escaped, the hits are in {@code mark}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SearchHit(
    String conversationId,
    String title,
    String messageId,
    long seq,
    String messageType,
    String senderName,
    String snippet,
    Instant createdAt) {
  /** Never shows what was said. */
  @Override
  public String toString() {
    return "SearchHit[" + messageId + ']';
  }
}

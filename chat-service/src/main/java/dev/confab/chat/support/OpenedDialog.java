package dev.confab.chat.support;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.contracts.chat.Conversation;
import java.util.UUID;

/**
 * A support conversation that was just opened.
 *
 * @param assistantId who answers, {@code default} where none was chosen
 * @param siteId null for none
 * @param visitorToken good for this conversation alone
 * @param greeting its first message, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OpenedDialog(
    String conversationId,
    String assistantId,
    UUID siteId,
    String visitorId,
    String visitorToken,
    String greeting,
    Conversation conversation) {
  /** Never shows the token. */
  @Override
  public String toString() {
    return "OpenedDialog[" + conversationId + ']';
  }
}

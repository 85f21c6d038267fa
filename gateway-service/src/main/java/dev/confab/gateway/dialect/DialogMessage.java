package dev.confab.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.contracts.chat.Message;
import java.util.Set;

/**
 * A message as clients of the dialect {@code dialog} know it.
 *
 * @param sender {@code user} (the visitor), {@code assistant}, {@code manager} or {@code system}
 * @param clientId the sender's own id of it, or null
 */
public record DialogMessage(
    String id, String sender, String text, String timestamp, String clientId) {
  private static final Set<String> UNTOLD = Set.of("deleted", "streaming");

  /** From a v1 message. */
  public static DialogMessage of(JsonNode v1) {
    StoredMessage message = StoredMessage.of(v1);
    return new DialogMessage(
        message.id(),
        senderOf(message.role()),
        message.content(),
        message.createdAt(),
        v1.path("client_id").textValue());
  }

  /** From a stored message. */
  public static DialogMessage of(Message message) {
    return new DialogMessage(
        message.id(),
        senderOf(message.messageType()),
        message.content(),
        message.createdAt().toString(),
        message.clientId());
  }

  /** Whether there is anything to tell of a v1 message: it stands and says something. */
  public static boolean isTold(JsonNode v1) {
    return isTold(v1.path("status").asText(), v1.path("content").asText());
  }

  /** Whether there is anything to tell of a stored message. */
  public static boolean isTold(Message message) {
    return isTold(message.status(), message.content());
  }

  private static boolean isTold(String status, String content) {
    return !UNTOLD.contains(status) && content != null && !content.isEmpty();
  }

  boolean isVisitors() {
    return DialogSide.WIDGET.sender().equals(sender);
  }

  private static String senderOf(String messageType) {
    return "operator".equals(messageType) ? DialogSide.PANEL.sender() : messageType;
  }
}

package dev.confab.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.gateway.dialect.Decoded.Refused;
import dev.confab.gateway.dialect.Decoded.Understood;
import dev.confab.gateway.dialect.FrameFields.Refusal;

/**
 * Reads frames of the dialect {@code session}: {@code chat_message} and {@code ping}. The {@code
 * conversation_id} in a frame is the client's own label and means nothing here.
 */
public final class SessionDecoder implements Decoder {
  private final FrameJson json;
  private final int maxMessageChars;

  /**
   * Makes a decoder.
   *
   * @param maxMessageChars characters a message may have
   */
  public SessionDecoder(FrameJson json, int maxMessageChars) {
    this.json = json;
    this.maxMessageChars = maxMessageChars;
  }

  @Override
  public Decoded decode(String text, String conversationId) {
    try {
      JsonNode root = json.object(text);
      return new Understood(null, frame(root, conversationId));
    } catch (Refusal refusal) {
      return new Refused(null, refusal.code(), refusal.getMessage(), refusal.field());
    }
  }

  private ClientFrame frame(JsonNode root, String conversationId) throws Refusal {
    return switch (FrameJson.type(root)) {
      case "chat_message" -> {
        String content = FrameJson.data(root).content("message", maxMessageChars);
        yield new ClientFrame.Send(conversationId, content, null, null, null);
      }
      case "ping" -> new ClientFrame.Ping();
      default -> throw FrameJson.unknownType();
    };
  }
}

package dev.confab.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.gateway.dialect.Decoded.Refused;
import dev.confab.gateway.dialect.Decoded.Understood;
import dev.confab.gateway.dialect.FrameFields.Refusal;

/**
 * Reads frames of the dialect {@code ai-chat}, whose fields stand at the top: {@code send_message},
 * {@code typing}, {@code stop_typing} and {@code ping}. A connection to the list of sessions has no
 * conversation and understands {@code ping} alone.
 */
public final class AiChatDecoder implements Decoder {
  private final FrameJson json;
  private final int maxMessageChars;

  /**
   * Makes a decoder.
   *
   * @param maxMessageChars characters a message may have
   */
  public AiChatDecoder(FrameJson json, int maxMessageChars) {
    this.json = json;
    this.maxMessageChars = maxMessageChars;
  }

  @Override
  public Decoded decode(String text, String conversationId) {
    try {
      JsonNode root = json.object(text);
      String type = FrameJson.type(root);
      return new Understood(null, frame(type, root, conversationId));
    } catch (Refusal refusal) {
      return new Refused(null, refusal.code(), refusal.getMessage(), refusal.field());
    }
  }

  private ClientFrame frame(String type, JsonNode root, String conversationId) throws Refusal {
    if (type.equals("ping")) {
      return new ClientFrame.Ping();
    }
    if (conversationId == null) {
      throw FrameJson.unknownType();
    }
    return switch (type) {
      case "send_message" -> {
        String content = new FrameFields(root).content("message", maxMessageChars);
        yield new ClientFrame.Send(conversationId, content, null, null, null);
      }
      case "typing" -> new ClientFrame.Typing(conversationId, true);
      case "stop_typing" -> new ClientFrame.Typing(conversationId, false);
      default -> throw FrameJson.unknownType();
    };
  }
}

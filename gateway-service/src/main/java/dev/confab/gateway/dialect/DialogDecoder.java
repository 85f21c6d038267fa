package dev.confab.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.HandOverAction;
import dev.confab.gateway.dialect.Decoded.Refused;
import dev.confab.gateway.dialect.Decoded.Understood;
import dev.confab.gateway.dialect.FrameFields.Refusal;

/**
 * Reads frames of the dialect {@code dialog}: messages, which have no {@code type}, and the control
 * frames {@code typing_start}, {@code typing_stop}, {@code handoff} and {@code ping}. A message's
 * {@code client_id} (or {@code id}) is also the frame's own id, which its answer repeats.
 */
public final class DialogDecoder implements Decoder {
  private final FrameJson json;
  private final int maxMessageChars;
  private final DialogSide side;

  /**
   * Makes a decoder.
   *
   * @param maxMessageChars characters a message may have
   * @param side who speaks
   */
  public DialogDecoder(FrameJson json, int maxMessageChars, DialogSide side) {
    this.json = json;
    this.maxMessageChars = maxMessageChars;
    this.side = side;
  }

  @Override
  public Decoded decode(String text, String conversationId) {
    String clientId = null;
    try {
      JsonNode root = json.object(text);
      if (root.has("type")) {
        return new Understood(null, control(FrameJson.type(root), root, conversationId));
      }
      FrameFields fields = new FrameFields(root);
      clientId = clientId(fields);
      return new Understood(clientId, message(fields, conversationId, clientId));
    } catch (Refusal refusal) {
      return new Refused(clientId, refusal.code(), refusal.getMessage(), refusal.field());
    }
  }

  private static ClientFrame control(String type, JsonNode root, String conversationId)
      throws Refusal {
    return switch (type) {
      case "ping" -> new ClientFrame.Ping();
      case "typing_start" -> new ClientFrame.Typing(conversationId, true);
      case "typing_stop" -> new ClientFrame.Typing(conversationId, false);
      case "handoff" ->
          new ClientFrame.HandOver(
              conversationId, action(root.path("state").asText("waiting")), null, null, null);
      default -> throw FrameJson.unknownType();
    };
  }

  /** Who shall answer is asked for by its name; whether one may is for chat-service to say. */
  private static HandOverAction action(String state) throws Refusal {
    return switch (state) {
      case "waiting" -> HandOverAction.REQUEST;
      case "operator" -> HandOverAction.CLAIM;
      case "assistant" -> HandOverAction.HAND_BACK;
      case "none" -> HandOverAction.CLOSE;
      default ->
          throw new Refusal(
              ErrorCode.INVALID_VALUE,
              "state",
              "state must be one of waiting, operator, assistant, none");
    };
  }

  private ClientFrame message(FrameFields fields, String conversationId, String clientId)
      throws Refusal {
    fields.constant("sender", side.sender());
    String text = fields.content("text", maxMessageChars);
    return new ClientFrame.Send(conversationId, text, clientId, null, null);
  }

  private static String clientId(FrameFields fields) throws Refusal {
    String clientId = fields.optionalName("client_id");
    return clientId == null ? fields.optionalName("id") : clientId;
  }
}

package dev.confab.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.HandOverAction;
import dev.confab.gateway.dialect.Decoded.Refused;
import dev.confab.gateway.dialect.Decoded.Understood;
import dev.confab.gateway.dialect.FrameFields.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Decodes v1 client frames: {@code {"type", "id"?, "token"? (auth), "data": {…}}}. Strict: one JSON
 * object, no name twice, nothing after it, bounded depth. Unknown fields are ignored. Thread-safe.
 */
public final class V1Decoder implements Decoder {
  private static final int MAX_TEXT_CHARS = 200;
  private static final List<String> ACTIONS =
      Arrays.stream(HandOverAction.values()).map(a -> a.name().toLowerCase(Locale.ROOT)).toList();

  private final FrameJson json;
  private final int maxMessageChars;

  /**
   * Makes a decoder.
   *
   * @param maxMessageChars characters a message's content may have
   */
  public V1Decoder(FrameJson json, int maxMessageChars) {
    this.json = json;
    this.maxMessageChars = maxMessageChars;
  }

  @Override
  public Decoded decode(String text, String conversationId) {
    String frameId = null;
    try {
      JsonNode root = json.object(text);
      frameId = id(root);
      String type = FrameJson.type(root);
      return new Understood(frameId, frame(type, root, FrameJson.data(root)));
    } catch (Refusal refusal) {
      return new Refused(frameId, refusal.code(), refusal.getMessage(), refusal.field());
    }
  }

  private static String id(JsonNode root) throws Refusal {
    JsonNode id = root.get("id");
    if (id != null && !id.isNull() && !FrameFields.isName(id)) {
      String message = "id must be a string of 1 to 128 printable characters";
      throw new Refusal(ErrorCode.INVALID_VALUE, "id", message);
    }
    return id == null ? null : id.textValue();
  }

  private ClientFrame frame(String type, JsonNode root, FrameFields data) throws Refusal {
    return switch (type) {
      case "auth" -> auth(root);
      case "join_conversation" ->
          new ClientFrame.Join(
              data.id("conversation_id"),
              data.optionalPosition("after_seq"),
              data.optionalName("history"));
      case "leave_conversation" -> new ClientFrame.Leave(data.id("conversation_id"));
      case "send_message" -> send(data);
      case "stream_response" ->
          new ClientFrame.RequestReply(
              data.id("conversation_id"), data.id("message_id"), data.optionalName("assistant_id"));
      case "stop_response" ->
          new ClientFrame.StopReply(data.id("conversation_id"), data.id("message_id"));
      case "edit_message" ->
          new ClientFrame.Edit(
              data.id("conversation_id"),
              data.id("message_id"),
              data.content("content", maxMessageChars));
      case "delete_message" ->
          new ClientFrame.Delete(data.id("conversation_id"), data.id("message_id"));
      case "react" ->
          new ClientFrame.React(
              data.id("conversation_id"),
              data.id("message_id"),
              data.name("emoji"),
              data.flag("on"));
      case "typing" -> new ClientFrame.Typing(data.id("conversation_id"), data.flag("is_typing"));
      case "typing_start" -> new ClientFrame.Typing(data.id("conversation_id"), true);
      case "typing_stop" -> new ClientFrame.Typing(data.id("conversation_id"), false);
      case "mark_read" ->
          new ClientFrame.MarkRead(data.id("conversation_id"), data.position("seq"));
      case "watch_desk" -> new ClientFrame.WatchDesk();
      case "unwatch_desk" -> new ClientFrame.UnwatchDesk();
      case "hand_over" -> handOver(data);
      case "ping" -> new ClientFrame.Ping();
      default -> throw FrameJson.unknownType();
    };
  }

  private static ClientFrame handOver(FrameFields data) throws Refusal {
    String action = data.oneOf("action", ACTIONS);
    return new ClientFrame.HandOver(
        data.id("conversation_id"),
        HandOverAction.valueOf(action.toUpperCase(Locale.ROOT)),
        data.optionalId("user_id"),
        data.optionalText("user_name", MAX_TEXT_CHARS),
        data.optionalText("reason", MAX_TEXT_CHARS));
  }

  private static ClientFrame auth(JsonNode root) throws Refusal {
    JsonNode token = root.get("token");
    if (token == null || !token.isTextual()) {
      throw new Refusal(ErrorCode.INVALID_VALUE, "token", "token is required: a string");
    }
    return new ClientFrame.Auth(token.textValue());
  }

  private ClientFrame send(FrameFields data) throws Refusal {
    String conversationId = data.id("conversation_id");
    data.constant("message_type", "user");
    return new ClientFrame.Send(
        conversationId,
        data.content("content", maxMessageChars),
        data.optionalName("client_id"),
        data.optionalId("reply_to"),
        data.optionalName("assistant_id"));
  }
}

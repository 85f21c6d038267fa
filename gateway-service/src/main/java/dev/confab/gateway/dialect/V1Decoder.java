package dev.confab.gateway.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.dialect.Decoded.Refused;
import dev.confab.gateway.dialect.Decoded.Understood;
import dev.confab.gateway.dialect.FrameFields.Refusal;

/**
 * Decodes v1 client frames: {@code {"type", "id"?, "token"? (auth), "data": {…}}}. Strict: one JSON
 * object, no name twice, nothing after it, bounded depth. Unknown fields are ignored. Thread-safe.
 */
public final class V1Decoder {
  private static final int MAX_NAME_CHARS = 256;
  private static final int MAX_NUMBER_CHARS = 32;

  private final JsonMapper mapper;
  private final int maxMessageChars;
  private final int maxDepth;

  /**
   * Makes a decoder.
   *
   * @param maxMessageChars characters a message's content may have
   * @param maxFrameBytes bytes a frame may have; the socket enforces it, here it bounds strings
   * @param maxDepth levels of JSON
   */
  public V1Decoder(int maxMessageChars, int maxFrameBytes, int maxDepth) {
    this.maxMessageChars = maxMessageChars;
    this.maxDepth = maxDepth;
    StreamReadConstraints bounds =
        StreamReadConstraints.builder()
            .maxNestingDepth(maxDepth)
            .maxStringLength(maxFrameBytes)
            .maxNameLength(MAX_NAME_CHARS)
            .maxNumberLength(MAX_NUMBER_CHARS)
            .build();
    this.mapper =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(bounds)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
  }

  /** Decodes one frame. */
  public Decoded decode(String text) {
    JsonNode root;
    try {
      root = mapper.readTree(text);
    } catch (StreamConstraintsException e) {
      return new Refused(null, ErrorCode.INVALID_FRAME, tooMuch(), null);
    } catch (JsonProcessingException e) {
      return new Refused(null, ErrorCode.INVALID_FRAME, "a frame is one JSON object", null);
    }
    if (root == null || !root.isObject()) {
      return new Refused(null, ErrorCode.INVALID_FRAME, "a frame is one JSON object", null);
    }
    return decode(root);
  }

  private String tooMuch() {
    return "a frame has at most %d levels, names of %d and numbers of %d characters"
        .formatted(maxDepth, MAX_NAME_CHARS, MAX_NUMBER_CHARS);
  }

  private Decoded decode(JsonNode root) {
    JsonNode id = root.get("id");
    if (id != null && !id.isNull() && !FrameFields.isName(id)) {
      String message = "id must be a string of 1 to 128 printable characters";
      return new Refused(null, ErrorCode.INVALID_VALUE, message, "id");
    }
    String frameId = id == null ? null : id.textValue();
    JsonNode type = root.get("type");
    if (type == null || !type.isTextual()) {
      return new Refused(frameId, ErrorCode.INVALID_VALUE, "type is required: a string", "type");
    }
    JsonNode data = root.path("data");
    if (!data.isMissingNode() && !data.isNull() && !data.isObject()) {
      return new Refused(frameId, ErrorCode.INVALID_VALUE, "data must be an object", "data");
    }
    try {
      ClientFrame frame = frame(type.textValue(), root, fields(data));
      return frame == null ? unknown(frameId) : new Understood(frameId, frame);
    } catch (Refusal refusal) {
      return new Refused(frameId, refusal.code(), refusal.getMessage(), refusal.field());
    }
  }

  private static FrameFields fields(JsonNode data) {
    return new FrameFields(data.isObject() ? data : JsonNodeFactory.instance.objectNode());
  }

  private static Refused unknown(String frameId) {
    return new Refused(frameId, ErrorCode.UNKNOWN_TYPE, "there is no frame of this type", "type");
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
      case "typing" -> new ClientFrame.Typing(data.id("conversation_id"), data.flag("is_typing"));
      case "typing_start" -> new ClientFrame.Typing(data.id("conversation_id"), true);
      case "typing_stop" -> new ClientFrame.Typing(data.id("conversation_id"), false);
      case "mark_read" ->
          new ClientFrame.MarkRead(data.id("conversation_id"), data.position("seq"));
      case "ping" -> new ClientFrame.Ping();
      default -> null;
    };
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

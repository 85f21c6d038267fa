package dev.confab.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.gateway.fanout.Frame;
import dev.confab.gateway.fanout.Translated;
import dev.confab.gateway.fanout.Translator;
import dev.confab.gateway.json.Json;
import java.util.Map;

/** Writes the dialect {@code ai-chat}, whose fields stand at the top. */
public final class AiChatFrames implements Translator {
  private record Established(String type, String sessionId, String message) {}

  private record Told(String type, String message) {}

  private record Chunk(String type, String content, String fullContent) {}

  private record WithMessage(String type, Message message) {}

  /** A message as clients of this dialect know it. */
  public record Message(String id, String role, String content, String createdAt) {
    /** From a v1 message. */
    public static Message of(JsonNode v1) {
      StoredMessage message = StoredMessage.of(v1);
      return new Message(message.id(), message.role(), message.content(), message.createdAt());
    }
  }

  private record SessionChange(String type, Object session) {}

  /** {@code session_created}, {@code session_updated} or {@code session_deleted}. */
  public static Frame sessionChange(String type, Object session) {
    return frame(new SessionChange(type, session));
  }

  /**
   * Some characters of a reply, with everything it said before.
   *
   * @param text where they stand
   */
  public static Frame.Text chunk(Frame.Text text, String content) {
    String before = text.before();
    return new Frame.Text(
        text.conversationId(),
        text.messageId(),
        text.offset(),
        content,
        () -> before,
        Json.write(new Chunk("ai_message_chunk", content, before + content)));
  }

  @Override
  public Translated translate(Frame frame) {
    return switch (frame) {
      case Frame.Text text -> Translated.of(chunk(text, text.text()));
      case Frame.Whole whole -> whole(Json.tree(whole.json()));
      case Frame.Signal signal -> Translated.NOTHING;
    };
  }

  private static Translated whole(JsonNode frame) {
    JsonNode data = frame.path("data");
    return switch (frame.path("type").asText()) {
      case "joined" ->
          told(
              new Established(
                  "connection_established",
                  data.path("conversation_id").asText(),
                  "You are connected."));
      case "message_received" -> message(StoredMessage.of(data.path("message")), data);
      case "stream_start" -> told(new Told("ai_typing", "The AI is typing."));
      case "stream_complete" ->
          told(new WithMessage("ai_message_complete", Message.of(data.path("message"))));
      case "error" -> told(new Told("error", data.path("message").asText()));
      case "pong" -> told(Map.of("type", "pong"));
      default -> Translated.NOTHING;
    };
  }

  private static Translated message(StoredMessage message, JsonNode data) {
    if (message.isDeleted()) {
      return Translated.NOTHING;
    }
    String type = message.isUsers() ? "user_message" : "ai_message_complete";
    return told(new WithMessage(type, Message.of(data.path("message"))));
  }

  private static Translated told(Object frame) {
    return Translated.of(frame(frame));
  }

  private static Frame frame(Object frame) {
    return new Frame.Whole(Json.write(frame));
  }
}

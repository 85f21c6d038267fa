package dev.confab.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.gateway.fanout.Frame;
import dev.confab.gateway.fanout.Translated;
import dev.confab.gateway.fanout.Translator;
import dev.confab.gateway.json.Json;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * Writes the dialect {@code session}. Its clients show every {@code chat_message} as the
 * assistant's: a user's own messages never go to them, nor does a reply that was streamed.
 */
public final class SessionFrames implements Translator {
  private final boolean streams;

  /**
   * Makes a writer.
   *
   * @param streams whether replies go out as they are written; else each goes out whole
   */
  public SessionFrames(boolean streams) {
    this.streams = streams;
  }

  private record Envelope(String type, Object data) {}

  private record Token(String token, String messageId) {}

  private record Complete(String messageId, JsonNode usage) {}

  private record ChatMessage(String messageId, String content, String role) {}

  private record ErrorData(String code, String message) {}

  private record Pong(String type) {}

  @Override
  public Translated translate(Frame frame) {
    return switch (frame) {
      case Frame.Text text ->
          streams ? Translated.of(token(text, text.text())) : Translated.NOTHING;
      case Frame.Whole whole -> whole(Json.tree(whole.json()));
      case Frame.Signal signal -> Translated.NOTHING;
    };
  }

  /**
   * Some characters of a reply.
   *
   * @param text where they stand
   */
  public static Frame.Text token(Frame.Text text, String content) {
    Buffer json = Json.write(new Envelope("stream_token", new Token(content, text.messageId())));
    return new Frame.Text(text.conversationId(), text.messageId(), text.offset(), content, json);
  }

  private Translated whole(JsonNode frame) {
    JsonNode data = frame.path("data");
    return switch (frame.path("type").asText()) {
      case "stream_complete" -> streams ? complete(data) : chatMessage(data.path("message"));
      case "message_received" -> chatMessage(data.path("message"));
      case "error" ->
          whole("error", new ErrorData(data.path("code").asText(), data.path("message").asText()));
      case "pong" -> Translated.of(new Frame.Whole(Json.write(new Pong("pong"))));
      default -> Translated.NOTHING;
    };
  }

  private static Translated complete(JsonNode data) {
    return whole(
        "stream_complete",
        new Complete(data.path("message_id").asText(), StoredMessage.usage(data)));
  }

  private static Translated chatMessage(JsonNode json) {
    StoredMessage message = StoredMessage.of(json);
    if (message.isDeleted()) {
      return Translated.NOTHING;
    }
    Frame frame =
        new Frame.Whole(
            Json.write(
                new Envelope(
                    "chat_message",
                    new ChatMessage(message.id(), message.content(), message.role()))));
    return new Translated(List.of(frame), message.senderId());
  }

  private static Translated whole(String type, Object data) {
    return Translated.of(new Frame.Whole(Json.write(new Envelope(type, data))));
  }
}

package dev.confab.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.gateway.fanout.Frame;
import dev.confab.gateway.fanout.Translated;
import dev.confab.gateway.fanout.Translator;
import dev.confab.gateway.json.Json;

/**
 * Writes the dialect {@code dialog}. Messages have no {@code type}, everything else has one. A
 * visitor's message goes to the panels alone, the others to both sides.
 */
public final class DialogFrames implements Translator {
  private static final String VISITOR = "visitor";

  private final DialogSide side;
  private final boolean streams;

  /**
   * Makes a writer.
   *
   * @param side who reads
   * @param streams whether replies are told as they are written, beside the whole message
   */
  public DialogFrames(DialogSide side, boolean streams) {
    this.side = side;
    this.streams = streams;
  }

  private record Control(String type) {}

  private record Handoff(String type, String state) {}

  private record Delta(String type, String id, String delta) {}

  private record Ack(String type, String clientId, String messageId) {}

  private record Failure(String type, String code, String message, String clientId) {}

  /**
   * Some characters of a reply.
   *
   * @param text where they stand
   */
  public static Frame.Text delta(Frame.Text text, String content) {
    return new Frame.Text(
        text.conversationId(),
        text.messageId(),
        text.offset(),
        content,
        Json.write(new Delta("stream", text.messageId(), content)));
  }

  @Override
  public Translated translate(Frame frame) {
    return switch (frame) {
      case Frame.Text text ->
          streams ? Translated.of(delta(text, text.text())) : Translated.NOTHING;
      case Frame.Whole whole -> whole(Json.tree(whole.json()));
      case Frame.Signal signal -> signal(Json.tree(signal.json()));
    };
  }

  private Translated whole(JsonNode frame) {
    JsonNode data = frame.path("data");
    return switch (frame.path("type").asText()) {
      case "message_received", "stream_complete" -> message(data.path("message"));
      case "handoff" -> handoff(data);
      case "message_ack" -> ack(frame.path("id"), data);
      case "error" -> failure(frame.path("id"), data);
      case "pong" -> Translated.of(control("pong"));
      default -> Translated.NOTHING;
    };
  }

  private Translated message(JsonNode message) {
    DialogMessage told = DialogMessage.of(message);
    boolean shownAlready = side == DialogSide.WIDGET && told.isVisitors();
    return shownAlready || !DialogMessage.isTold(message)
        ? Translated.NOTHING
        : Translated.of(new Frame.Whole(Json.write(told)));
  }

  private static Translated handoff(JsonNode data) {
    Frame change = new Frame.Whole(Json.write(new Handoff("handoff", data.path("owner").asText())));
    JsonNode message = data.path("message");
    return DialogMessage.isTold(message)
        ? Translated.of(change, new Frame.Whole(Json.write(DialogMessage.of(message))))
        : Translated.of(change);
  }

  /** Only those who gave their message an id of their own can tell what was stored. */
  private static Translated ack(JsonNode clientId, JsonNode data) {
    return clientId.isMissingNode()
        ? Translated.NOTHING
        : told(new Ack("ack", clientId.asText(), data.path("message_id").asText()));
  }

  private static Translated failure(JsonNode clientId, JsonNode data) {
    return told(
        new Failure(
            "error",
            data.path("code").asText(),
            data.path("message").asText(),
            clientId.textValue()));
  }

  /** A typing indicator means the other side: the panel's is the visitor's alone. */
  private Translated signal(JsonNode frame) {
    JsonNode data = frame.path("data");
    boolean isVisitors = VISITOR.equals(data.path("role").asText());
    if (!"typing_indicator".equals(frame.path("type").asText())
        || isVisitors != (side == DialogSide.PANEL)) {
      return Translated.NOTHING;
    }
    String type = data.path("is_typing").asBoolean() ? "typing_start" : "typing_stop";
    return Translated.of(new Frame.Signal(Json.write(new Control(type))));
  }

  private static Frame control(String type) {
    return new Frame.Whole(Json.write(new Control(type)));
  }

  private static Translated told(Object frame) {
    return Translated.of(new Frame.Whole(Json.write(frame)));
  }
}

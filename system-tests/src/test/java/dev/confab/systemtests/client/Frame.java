package dev.confab.systemtests.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;

/**
 * One server frame as it arrived.
 *
 * @param index place in its connection's order of arrival, from 0
 * @param arrivedNanos {@link System#nanoTime()} when its last byte was read
 * @param body the whole frame
 */
public record Frame(int index, long arrivedNanos, JsonNode body) {
  /** The frame's {@code type}. */
  public String type() {
    return body.path("type").asText();
  }

  /** The frame's {@code data}; a missing node if there is none. */
  public JsonNode data() {
    return body.path("data");
  }

  /** The {@code id} it answers, or an empty string. */
  public String id() {
    return body.path("id").asText("");
  }

  /** Whether the frame has one of these types. */
  public boolean is(String... types) {
    for (String type : types) {
      if (type.equals(type())) {
        return true;
      }
    }
    return false;
  }

  /** The message it carries whole; a missing node if it carries none. */
  public JsonNode message() {
    return data().path("message");
  }

  /** Id of the message it is about, or an empty string. */
  public String messageId() {
    String whole = message().path("id").asText("");
    return whole.isEmpty() ? data().path("message_id").asText("") : whole;
  }

  /** Id of the conversation it is about, or an empty string. */
  public String conversationId() {
    for (JsonNode place :
        new JsonNode[] {
          data().path("conversation_id"),
          message().path("conversation_id"),
          data().path("conversation").path("id")
        }) {
      if (place.isTextual()) {
        return place.asText();
      }
    }
    return "";
  }

  /** The number of the shared change it tells of; empty for frames that tell of none. */
  public OptionalLong number() {
    JsonNode number =
        switch (type()) {
          case "message_received", "message_updated", "message_deleted" ->
              message().path("changed_seq");
          case "stream_start", "stream_complete", "conversation_updated", "handoff" ->
              data().path("seq");
          default -> data().path("unnumbered");
        };
    return number.isNumber() ? OptionalLong.of(number.asLong()) : OptionalLong.empty();
  }

  /** What it is about, without a word of what was said. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append('#').append(index).append(' ').append(type());
    number().ifPresent(number -> text.append(" seq=").append(number));
    if (!messageId().isEmpty()) {
      text.append(" message=").append(messageId());
    }
    if (is("joined")) {
      text.append(" last_seq=").append(data().path("last_seq"));
    }
    if (is("stream_content")) {
      text.append(" offset=").append(data().path("offset"));
      text.append(" length=").append(data().path("content").asText().length());
    }
    if (is("error")) {
      text.append(" code=").append(data().path("code").asText());
    }
    return text.toString();
  }
}

package dev.confab.gateway.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.contracts.chat.Changes;
import dev.confab.contracts.chat.Participant;
import dev.confab.gateway.json.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A client that believes the protocol and nothing else: it fails at the first frame that breaks a
 * guarantee, and remembers what it was shown.
 */
final class SimulatedClient implements Sequencer.Listener {
  final Long after;
  final Map<String, JsonNode> messages = new HashMap<>();
  private final Set<String> ended = new HashSet<>();

  /** Streams whose end was overtaken by a later change; that change must tell how they ended. */
  final Set<String> superseded = new HashSet<>();

  private String streaming;
  private final StringBuilder streamed = new StringBuilder();
  private long settled = -1;
  boolean overrun;

  /** The page its join has reached; null before the first. */
  Changes page;

  SimulatedClient(Long after) {
    this.after = after;
  }

  String streamed() {
    return streaming == null ? null : streamed.toString();
  }

  boolean isSettled() {
    return settled >= 0;
  }

  /** A page of its join was sent to it. */
  void shown(Changes next) {
    page = next;
    next.messages()
        .forEach(
            message -> {
              messages.put(message.id(), Json.tree(Json.write(message)));
            });
  }

  void settle() {
    settled = page.upTo();
  }

  @Override
  public void change(Frame.Whole frame) {
    var json = Json.tree(frame.json());
    var data = json.path("data");
    switch (json.path("type").asText()) {
      case "message_received", "message_updated", "message_deleted" -> {
        var message = data.path("message");
        next(message.path("changed_seq").asLong());
        messages.put(message.path("id").asText(), message);
        if (message.path("id").asText().equals(streaming)) {
          streaming = null;
        }
      }
      case "stream_start" -> {
        if (streaming != null) {
          superseded.add(streaming);
        }
        streaming = data.path("message_id").asText();
        assertThat(ended).as("an ended reply starts again").doesNotContain(streaming);
        streamed.setLength(0);
        long seq = data.path("seq").asLong();
        if (page.running() == null || page.running().seq() != seq) {
          next(seq);
        }
      }
      case "stream_complete" -> {
        var message = data.path("message");
        next(data.path("seq").asLong());
        assertThat(message.path("id").asText()).isEqualTo(streaming);
        assertThat(streamed.toString()).isEqualTo(message.path("content").asText());
        messages.put(streaming, message);
        ended.add(streaming);
        streaming = null;
      }
      case "conversation_updated" -> next(data.path("seq").asLong());
      default -> throw new AssertionError(json.toString());
    }
  }

  private void next(long seq) {
    assertThat(seq).as("numbers only grow").isGreaterThan(settled);
    settled = seq;
  }

  @Override
  public void text(Frame.Text text) {
    var data = Json.tree(text.json()).path("data");
    assertThat(text.messageId()).isEqualTo(streaming);
    assertThat(data.path("content").asText()).isEqualTo(text.text());
    assertThat(data.path("offset").asInt()).isEqualTo(streamed.length());
    streamed.append(text.text());
  }

  @Override
  public void participants(List<Participant> participants) {}

  @Override
  public void removed(List<String> userIds) {}

  @Override
  public void overrun() {
    overrun = true;
  }
}

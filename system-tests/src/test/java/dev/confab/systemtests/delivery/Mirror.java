package dev.confab.systemtests.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.client.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One conversation as a simple client keeps it over any number of connections: it merges what
 * arrives, remembers how far it got, and asks for the rest when it comes back. Safe for use by
 * several threads.
 */
public final class Mirror {
  private final Map<String, JsonNode> messages = new HashMap<>();
  private final Map<String, StringBuilder> running = new HashMap<>();
  private final Map<String, Long> lastWordNanos = new HashMap<>();
  private long position;
  private long longestSilenceNanos;
  private String history;

  /** Takes the next frame of this conversation. */
  public synchronized void accept(Frame frame) {
    switch (frame.type()) {
      case "joined" -> joined(frame);
      case "message_received", "message_updated", "message_deleted", "handoff" ->
          messages.put(frame.messageId(), frame.message());
      case "stream_start" -> {
        running.put(frame.messageId(), new StringBuilder());
        heard(frame);
      }
      case "stream_content" -> {
        running
            .computeIfAbsent(frame.messageId(), id -> new StringBuilder())
            .append(frame.data().path("content").asText());
        heard(frame);
      }
      case "stream_complete" -> {
        running.remove(frame.messageId());
        heard(frame);
        messages.put(frame.messageId(), frame.message());
      }
      default -> {}
    }
    frame.number().ifPresent(number -> position = Math.max(position, number));
    notifyAll();
  }

  private void joined(Frame frame) {
    if (frame.data().path("reset").asBoolean(false)) {
      messages.clear();
      position = 0;
    }
    running.clear();
    history = frame.data().path("history").asText(null);
  }

  private void heard(Frame frame) {
    Long before = lastWordNanos.put(frame.messageId(), frame.arrivedNanos());
    if (before != null) {
      longestSilenceNanos = Math.max(longestSilenceNanos, frame.arrivedNanos() - before);
    }
  }

  /** The {@code after_seq} to resume with. */
  public synchronized long position() {
    return position;
  }

  /** The {@code history} to resume with; null before the first join. */
  public synchronized String history() {
    return history;
  }

  /** The longest time between two frames of one reply, over all connections, in nanoseconds. */
  public synchronized long longestSilenceNanos() {
    return longestSilenceNanos;
  }

  /** How many replies have begun here and not ended. */
  public synchronized int runningReplies() {
    return running.size();
  }

  /** How many replies run here of which some text was seen. */
  public synchronized long speakingReplies() {
    return running.values().stream().filter(text -> !text.isEmpty()).count();
  }

  /** Where this differs from what is stored; empty when it is the same. */
  public synchronized List<String> differences(History stored) {
    List<String> differences = new ArrayList<>();
    Map<String, JsonNode> expected = stored.byId();
    expected.forEach(
        (id, message) -> {
          JsonNode here = messages.get(id);
          if (here == null) {
            differences.add("missing: message " + id + " seq " + message.path("seq"));
          } else {
            for (String field : List.of("seq", "changed_seq", "content", "status", "reply_to")) {
              if (!message.path(field).equals(here.path(field))) {
                differences.add(field + " differs: message " + id);
              }
            }
          }
        });
    messages.keySet().stream()
        .filter(id -> !expected.containsKey(id))
        .forEach(id -> differences.add("not stored: message " + id));
    return differences;
  }
}

package dev.confab.systemtests.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.client.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one join of one conversation showed its connection, frame by frame. It keeps what a client
 * would keep and notes where the server broke its word.
 */
final class JoinedView {
  private final long settled;
  private final List<String> breaches = new ArrayList<>();
  private final TreeMap<Long, Frame> shown = new TreeMap<>();
  private final Map<String, JsonNode> messages = new HashMap<>();
  private final Map<String, StringBuilder> running = new HashMap<>();
  private final Set<String> streamed = new HashSet<>();
  private long cursor;
  private boolean live;

  /**
   * @param joined the frame that answered the join
   */
  JoinedView(Frame joined) {
    this.settled = joined.data().path("last_seq").asLong(-1);
    if (settled < 0) {
      breaches.add("joined names no last_seq");
    }
  }

  void accept(Frame frame) {
    switch (frame.type()) {
      case "message_received" -> whole(frame);
      case "message_updated", "message_deleted", "handoff" -> {
        number(frame);
        keep(frame);
      }
      case "message_added" ->
          breaches.add("message_added to a connection that has joined: " + frame);
      case "stream_start" -> start(frame);
      case "stream_content" -> text(frame);
      case "stream_complete" -> complete(frame);
      case "conversation_updated" -> number(frame);
      default -> {}
    }
  }

  private void whole(Frame frame) {
    if (frame.number().isEmpty()) {
      breaches.add("a message without changed_seq: " + frame);
      return;
    }
    if (running.containsKey(frame.messageId())) {
      breaches.add("a streamed reply ended as a whole message: " + frame);
      running.remove(frame.messageId());
    }
    number(frame);
    keep(frame);
  }

  /** Numbers up to the joined one are the catching up, and come before all that is live. */
  private void number(Frame frame) {
    if (frame.number().isEmpty()) {
      return;
    }
    long number = frame.number().getAsLong();
    if (number <= settled && live) {
      breaches.add("settled by the join and shown again: " + frame);
    }
    if (number <= cursor) {
      breaches.add("out of order or twice, after " + cursor + ": " + frame);
    }
    note(number, frame);
    live |= number > settled;
  }

  private void note(long number, Frame frame) {
    if (shown.put(number, frame) != null) {
      breaches.add("shown twice: " + frame);
    }
    cursor = Math.max(cursor, number);
  }

  private void keep(Frame frame) {
    messages.put(frame.messageId(), frame.message());
  }

  private void start(Frame frame) {
    if (frame.number().isEmpty()) {
      breaches.add("a reply starts without a number: " + frame);
      return;
    }
    if (!running.isEmpty()) {
      breaches.add("a reply starts while " + running.keySet() + " runs: " + frame);
    }
    if (!streamed.add(frame.messageId())) {
      breaches.add("a reply starts twice: " + frame);
    }
    boolean ranAtJoin = frame.number().getAsLong() <= settled && !live;
    if (ranAtJoin) {
      // It was born before the join but is shown behind the messages that changed since.
      long reached = cursor;
      note(frame.number().getAsLong(), frame);
      cursor = Math.max(reached, cursor);
      live = true;
    } else {
      number(frame);
    }
    running.put(frame.messageId(), new StringBuilder());
  }

  private void text(Frame frame) {
    StringBuilder text = running.get(frame.messageId());
    if (text == null) {
      breaches.add("text of a reply that does not run: " + frame);
      return;
    }
    String more = frame.data().path("content").asText();
    if (frame.data().path("offset").asInt(-1) != text.length()) {
      breaches.add("text does not start at " + text.length() + ": " + frame);
    }
    if (more.isEmpty()) {
      breaches.add("a frame without text: " + frame);
    } else if (Character.isLowSurrogate(more.charAt(0))
        || Character.isHighSurrogate(more.charAt(more.length() - 1))) {
      breaches.add("a surrogate pair is split: " + frame);
    }
    text.append(more);
  }

  private void complete(Frame frame) {
    StringBuilder text = running.remove(frame.messageId());
    if (text == null) {
      breaches.add("a reply completes that did not run here: " + frame);
    } else if (!text.toString().equals(frame.message().path("content").asText())) {
      breaches.add(
          "streamed "
              + text.length()
              + " characters differ from the "
              + frame.message().path("content").asText().length()
              + " of "
              + frame);
    }
    if (frame.data().path("finish_reason").asText("").isEmpty()) {
      breaches.add("no finish_reason: " + frame);
    }
    number(frame);
    keep(frame);
  }

  /** Every number since the join was shown, or belongs to something shown in a later state. */
  void checkNumbers(Map<Long, String> subjects, String conversation) {
    for (long number = settled + 1; number < cursor; number++) {
      if (shown.containsKey(number)) {
        continue;
      }
      String subject = subjects.get(number);
      boolean superseded =
          subject == null
              || subject.equals(conversation)
              || shown.tailMap(number, false).values().stream()
                  .anyMatch(later -> later.messageId().equals(subject));
      if (!superseded) {
        breaches.add("number " + number + " was never shown");
      }
    }
  }

  /** Everything since the join is there, as stored. */
  void checkAgainst(History history) {
    if (!running.isEmpty()) {
      breaches.add("replies that never ended here: " + running.keySet());
    }
    for (JsonNode stored : history.messages()) {
      JsonNode here = messages.get(stored.path("id").asText());
      boolean owed = stored.path("changed_seq").asLong() > settled;
      if (here == null) {
        if (owed) {
          breaches.add("never shown: message " + stored.path("id") + " seq " + stored.path("seq"));
        }
      } else {
        compare(stored, here);
      }
    }
    Set<String> known = history.byId().keySet();
    messages.keySet().stream()
        .filter(id -> !known.contains(id))
        .forEach(id -> breaches.add("shown but not stored: message " + id));
  }

  private void compare(JsonNode stored, JsonNode here) {
    for (String field : List.of("seq", "changed_seq", "content", "status", "reply_to", "kind")) {
      if (!stored.path(field).equals(here.path(field))) {
        breaches.add(field + " differs from what is stored: message " + stored.path("id"));
      }
    }
  }

  List<String> takeBreaches() {
    List<String> taken = List.copyOf(breaches);
    breaches.clear();
    return taken;
  }
}

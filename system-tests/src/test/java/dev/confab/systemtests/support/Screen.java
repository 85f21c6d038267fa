package dev.confab.systemtests.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What somebody sees of a dialog: one's own messages at once, the rest as it comes, by whatever
 * way, each id once. Safe for use by several threads.
 */
final class Screen {
  /** A line on it. */
  record Line(String sender, String text) {}

  private final Map<String, Line> lines = new LinkedHashMap<>();
  private final Map<String, Line> unconfirmed = new LinkedHashMap<>();
  private final Map<String, String> idsByClientId = new HashMap<>();
  private final List<String> breaches = new ArrayList<>();

  /** Shows what one has just said. */
  synchronized void sent(String clientId, String sender, String text) {
    if (!idsByClientId.containsKey(clientId)) {
      unconfirmed.put(clientId, new Line(sender, text));
    }
  }

  /** Takes a stored message, from a frame, an answer or an array. */
  synchronized void show(JsonNode message) {
    String id = message.path("id").asText();
    Line line = new Line(message.path("sender").asText(), message.path("text").asText());
    for (String field : List.of("id", "sender", "text", "timestamp")) {
      if (!message.path(field).isTextual()) {
        breaches.add("a message without " + field + ": " + id);
      }
    }
    confirm(message.path("client_id").asText(""), id);
    Line before = lines.put(id, line);
    if (before != null && !before.equals(line)) {
      breaches.add("a message changed: " + id);
    }
  }

  private void confirm(String clientId, String id) {
    if (!clientId.isEmpty()) {
      unconfirmed.remove(clientId);
      String before = idsByClientId.put(clientId, id);
      if (before != null && !before.equals(id)) {
        breaches.add("one client_id, two messages: " + before + " and " + id);
      }
    }
  }

  /** One's own answered message of which only the ids are known. */
  synchronized void confirmed(String clientId, JsonNode message) {
    confirm(clientId, message.path("id").asText());
    show(message);
  }

  /** Everything on it, stored or not yet known to be. */
  synchronized List<Line> lines() {
    List<Line> all = new ArrayList<>(lines.values());
    all.addAll(unconfirmed.values());
    return all;
  }

  /** What senders of one kind said. */
  synchronized List<String> texts(String sender) {
    return lines().stream().filter(l -> l.sender().equals(sender)).map(Line::text).toList();
  }

  /** Lines that are there more than once, though nobody says anything twice. */
  synchronized List<Line> duplicates() {
    Map<Line, Integer> counts = new HashMap<>();
    lines().stream()
        .filter(line -> !line.sender().equals("system"))
        .forEach(line -> counts.merge(line, 1, Integer::sum));
    return counts.keySet().stream().filter(line -> counts.get(line) > 1).toList();
  }

  /** How many of one's own messages are not known to be stored. */
  synchronized int unconfirmed() {
    return unconfirmed.size();
  }

  synchronized List<String> breaches() {
    return List.copyOf(breaches);
  }
}

package dev.confab.systemtests.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A conversation as stored, read over REST.
 *
 * @param conversation its state
 * @param messages all of them, by birth, ended or running
 */
public record History(JsonNode conversation, List<JsonNode> messages) {
  private static final Set<String> ENDED =
      Set.of("complete", "stopped", "interrupted", "failed", "deleted");

  /** The conversation's id. */
  public String id() {
    return conversation.path("id").asText();
  }

  /** Number of the last shared change. */
  public long lastSeq() {
    return conversation.path("last_seq").asLong();
  }

  /** Messages by id, in order of birth. */
  public Map<String, JsonNode> byId() {
    Map<String, JsonNode> byId = new LinkedHashMap<>();
    messages.forEach(message -> byId.put(message.path("id").asText(), message));
    return byId;
  }

  /** What people said. */
  public List<JsonNode> turns() {
    return messages.stream().filter(History::isTurn).toList();
  }

  /** The changes of who answers, in their order. */
  public List<JsonNode> handoffs() {
    return messages.stream().filter(message -> message.has("handoff")).toList();
  }

  /** Replies to a message, fallbacks included. */
  public List<JsonNode> repliesTo(String turnId) {
    return messages.stream()
        .filter(message -> !isTurn(message))
        .filter(message -> message.path("reply_to").asText().equals(turnId))
        .toList();
  }

  /** Whether nothing runs here any more and every turn has an ended reply. */
  public boolean everyTurnEnded() {
    return nothingRuns()
        && turns().stream().allMatch(turn -> !repliesTo(turn.path("id").asText()).isEmpty());
  }

  /** Whether no reply runs here any more. */
  public boolean nothingRuns() {
    return messages.stream().allMatch(History::hasEnded);
  }

  /** What each number is known to be about; numbers of superseded changes are not known here. */
  Map<Long, String> subjects() {
    Map<Long, String> subjects = new HashMap<>();
    for (JsonNode message : messages) {
      subjects.put(message.path("seq").asLong(), message.path("id").asText());
      subjects.put(message.path("changed_seq").asLong(), message.path("id").asText());
    }
    return subjects;
  }

  /** Breaches that show in what is stored alone: numbers or client ids given twice. */
  List<String> breaches() {
    List<String> breaches = new ArrayList<>();
    Set<Long> births = new HashSet<>();
    Set<String> clientIds = new HashSet<>();
    for (JsonNode message : messages) {
      if (!births.add(message.path("seq").asLong())) {
        breaches.add("two stored messages have seq " + message.path("seq"));
      }
      String clientId = message.path("client_id").asText("");
      if (isTurn(message)
          && !clientId.isEmpty()
          && !clientIds.add(message.path("sender_id").asText() + '/' + clientId)) {
        breaches.add("a message is stored twice: seq " + message.path("seq"));
      }
      if (message.path("changed_seq").asLong() > lastSeq()) {
        breaches.add("changed_seq " + message.path("changed_seq") + " is beyond last_seq");
      }
    }
    return breaches;
  }

  static boolean isTurn(JsonNode message) {
    return message.path("message_type").asText().equals("user");
  }

  static boolean hasEnded(JsonNode message) {
    return ENDED.contains(message.path("status").asText());
  }
}

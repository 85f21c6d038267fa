package dev.confab.systemtests.support;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.delivery.History;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the log of a support dialog, messages and changes of who answers, and says how each
 * visitor's turn ended. Every turn must have come to exactly one end within the deadline; an empty
 * list of breaches means that all did, and that the AI never talked while it was not its turn.
 */
public final class TurnCheck {
  private static final Set<String> ENDED =
      Set.of("complete", "stopped", "interrupted", "failed", "deleted");

  private final OwnerLine owners;
  private final Duration deadline;
  private final List<JsonNode> messages;
  private final Map<String, EndState> states = new LinkedHashMap<>();
  private final List<String> breaches = new ArrayList<>();

  private TurnCheck(History history, Duration deadline) {
    this.owners = new OwnerLine(history);
    this.deadline = deadline;
    this.messages = history.messages();
  }

  /**
   * Checks a log.
   *
   * @param deadline between a turn's storing and the beginning of its end
   */
  public static TurnCheck of(History history, Duration deadline) {
    TurnCheck check = new TurnCheck(history, deadline);
    check.breaches.addAll(check.owners.breaches());
    check.messages.stream().filter(TurnCheck::isReply).forEach(check::checkReply);
    history.turns().forEach(turn -> check.settle(turn, history));
    return check;
  }

  /** What was not as it must be, without a word of what was said. */
  public List<String> breaches() {
    return List.copyOf(breaches);
  }

  /** How each turn ended, by its id; those that did not are missing. */
  public Map<String, EndState> states() {
    return states;
  }

  /** How many turns ended in each way. */
  public Map<EndState, Integer> counts() {
    Map<EndState, Integer> counts = new EnumMap<>(EndState.class);
    states.values().forEach(state -> counts.merge(state, 1, Integer::sum));
    return counts;
  }

  private static boolean isReply(JsonNode message) {
    return message.path("message_type").asText().equals("assistant");
  }

  private static boolean isFallback(JsonNode message) {
    return message.path("kind").asText().equals("fallback");
  }

  /** A reply is born while the AI answers, and has ended before anybody else does. */
  private void checkReply(JsonNode reply) {
    long born = seq(reply);
    long ended = reply.path("changed_seq").asLong();
    if (!owners.at(born).equals("assistant")) {
      breaches.add("the AI talks while the owner is " + owners.at(born) + ": " + name(reply));
    }
    if (!ENDED.contains(reply.path("status").asText())) {
      breaches.add("a reply that never ended: " + name(reply));
    } else if (!owners.at(ended).equals(owners.at(born)) || owners.changesBetween(born, ended)) {
      breaches.add("a reply ends after the owner changed: " + name(reply));
    }
  }

  private void settle(JsonNode turn, History history) {
    List<JsonNode> replies = history.repliesTo(turn.path("id").asText());
    List<JsonNode> answers = replies.stream().filter(reply -> !isFallback(reply)).toList();
    List<JsonNode> declines = replies.stream().filter(TurnCheck::isFallback).toList();
    if (replies.size() > 1) {
      breaches.add(
          "a turn with "
              + answers.size()
              + " answers and "
              + declines.size()
              + " fallbacks: "
              + name(turn));
    }
    EndState state = state(turn, answers, declines);
    if (state == null) {
      breaches.add("a turn without an end: " + name(turn));
    } else {
      states.put(turn.path("id").asText(), state);
    }
  }

  private EndState state(JsonNode turn, List<JsonNode> answers, List<JsonNode> declines) {
    if (answers.stream().anyMatch(TurnCheck::saysSomething)) {
      return inTime(EndState.ANSWERED, turn, answers.getFirst());
    }
    if (!declines.isEmpty()) {
      if (!saysSomething(declines.getFirst())) {
        breaches.add("a fallback that says nothing: " + name(declines.getFirst()));
      }
      return inTime(EndState.DECLINED, turn, declines.getFirst());
    }
    String owner = owners.at(seq(turn));
    if (owner.equals("none")) {
      breaches.add("a turn was stored after the end: " + name(turn));
    }
    if (owner.equals("waiting") || owner.equals("operator")) {
      return EndState.WITH_A_PERSON;
    }
    JsonNode change = owners.nextChange(seq(turn));
    if (change != null) {
      boolean closed = change.path("handoff").path("owner").asText().equals("none");
      return inTime(closed ? EndState.CLOSED : EndState.HANDED_OVER, turn, change);
    }
    return answers.isEmpty() ? null : inTime(EndState.ANSWERED, turn, answers.getFirst());
  }

  private static boolean saysSomething(JsonNode message) {
    return !message.path("content").asText("").isBlank();
  }

  private EndState inTime(EndState state, JsonNode turn, JsonNode end) {
    Duration took = Duration.between(time(turn), time(end));
    if (took.compareTo(deadline) > 0) {
      breaches.add(state + " after " + took.toMillis() + " ms: " + name(turn));
    }
    return state;
  }

  private static long seq(JsonNode message) {
    return message.path("seq").asLong();
  }

  private static Instant time(JsonNode message) {
    return Instant.parse(message.path("created_at").asText());
  }

  static String name(JsonNode message) {
    return message.path("message_type").asText()
        + ' '
        + message.path("id").asText()
        + " seq "
        + seq(message)
        + ' '
        + message.path("status").asText();
  }
}

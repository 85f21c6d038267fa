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
import java.util.stream.Stream;

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
    EndState state = EndState.WITH_A_PERSON;
    int expected = 0;
    for (Wait wait : waits(turn)) {
      List<JsonNode> own = replies.stream().filter(wait::holds).toList();
      expected += own.size();
      if (own.size() > 1) {
        breaches.add("a turn with " + own.size() + " answers at a time: " + name(turn));
      }
      EndState end = end(wait, own);
      if (end == null && wait.mustEnd()) {
        breaches.add("a turn without an end: " + name(turn));
        return;
      }
      state = state == EndState.WITH_A_PERSON && end != null ? end : state;
    }
    if (expected < replies.size()) {
      breaches.add("an answer that nobody waited for, to: " + name(turn));
    }
    if (owners.at(seq(turn)).equals("none")) {
      breaches.add("a turn was stored after the end: " + name(turn));
    }
    states.put(turn.path("id").asText(), state);
  }

  /**
   * A time in which a turn waits for the AI: since it was said, or since the dialog was handed back
   * with it unanswered, until somebody else answers.
   *
   * @param until the change that ends it, or null
   * @param mustEnd whether nothing was answered yet
   */
  private record Wait(JsonNode since, JsonNode until, boolean mustEnd) {
    boolean holds(JsonNode reply) {
      return seq(reply) > seq(since) && (until == null || seq(reply) < seq(until));
    }
  }

  private List<Wait> waits(JsonNode turn) {
    List<Wait> waits = new ArrayList<>();
    if (owners.at(seq(turn)).equals("assistant")) {
      waits.add(new Wait(turn, owners.nextChange(seq(turn)), true));
    }
    for (JsonNode back : owners.handedBackAfter(seq(turn))) {
      if (!saidBetween("user", turn, back) && !isWhollyAnswered(turn, back)) {
        boolean untouched = !saidBetween("operator", turn, back) && !isBegun(turn, back);
        waits.add(new Wait(back, owners.nextChange(seq(back)), untouched));
      }
    }
    return waits;
  }

  private boolean saidBetween(String type, JsonNode from, JsonNode to) {
    return messages.stream()
        .filter(message -> message.path("message_type").asText().equals(type))
        .anyMatch(message -> seq(message) > seq(from) && seq(message) < seq(to));
  }

  private boolean isWhollyAnswered(JsonNode turn, JsonNode before) {
    return repliesBefore(turn, before).anyMatch(m -> m.path("status").asText().equals("complete"));
  }

  private boolean isBegun(JsonNode turn, JsonNode before) {
    return repliesBefore(turn, before).anyMatch(TurnCheck::saysSomething);
  }

  private Stream<JsonNode> repliesBefore(JsonNode turn, JsonNode before) {
    return messages.stream()
        .filter(TurnCheck::isReply)
        .filter(reply -> reply.path("reply_to").equals(turn.path("id")))
        .filter(reply -> seq(reply) < seq(before));
  }

  private EndState end(Wait wait, List<JsonNode> replies) {
    for (JsonNode reply : replies) {
      if (isFallback(reply)) {
        if (!saysSomething(reply)) {
          breaches.add("a fallback that says nothing: " + name(reply));
        }
        return inTime(EndState.DECLINED, wait, reply);
      }
      if (saysSomething(reply)) {
        return inTime(EndState.ANSWERED, wait, reply);
      }
    }
    if (wait.until() != null) {
      boolean closed = wait.until().at("/handoff/owner").asText().equals("none");
      return inTime(closed ? EndState.CLOSED : EndState.HANDED_OVER, wait, wait.until());
    }
    return replies.isEmpty() ? null : inTime(EndState.ANSWERED, wait, replies.getFirst());
  }

  private static boolean saysSomething(JsonNode message) {
    return !message.path("content").asText("").isBlank();
  }

  private EndState inTime(EndState state, Wait wait, JsonNode end) {
    Duration took = Duration.between(time(wait.since()), time(end));
    if (wait.mustEnd() && took.compareTo(deadline) > 0) {
      breaches.add(state + " after " + took.toMillis() + " ms: " + name(wait.since()));
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

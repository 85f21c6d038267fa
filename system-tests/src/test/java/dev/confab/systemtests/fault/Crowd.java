package dev.confab.systemtests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.ResumingClient;
import dev.confab.systemtests.delivery.History;
import dev.confab.systemtests.delivery.Mirror;
import dev.confab.systemtests.suite.Delivered;
import dev.confab.systemtests.suite.DemoLlm;
import dev.confab.systemtests.suite.Measurements;
import dev.confab.systemtests.suite.Suite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/**
 * People who all wait for a reply: each has a conversation of their own with the AI, on alternating
 * gateways, and a silent second client on the other one.
 */
final class Crowd implements AutoCloseable {
  private static final Duration ACK = Duration.ofSeconds(20);

  /** One person's place: who, and where. */
  private record Seat(Person person, String talk, ResumingClient speaker, ResumingClient witness) {}

  private final Suite suite;
  private final List<Seat> seats = new ArrayList<>();

  private Crowd(Suite suite) {
    this.suite = suite;
  }

  /** Seats these people; they are silent until {@link #ask}. */
  static Crowd of(Suite suite, List<Person> people) {
    Crowd crowd = new Crowd(suite);
    try {
      for (int i = 0; i < people.size(); i++) {
        crowd.seat(people.get(i), i);
      }
      return crowd;
    } catch (RuntimeException | AssertionError failure) {
      crowd.close();
      throw failure;
    }
  }

  private void seat(Person person, int number) {
    String talk = suite.rest().talk(person);
    ResumingClient speaker = suite.stay(person, number);
    ResumingClient witness = suite.stay(person, number + 1);
    seats.add(new Seat(person, talk, speaker, witness));
    speaker.follow(talk);
    witness.follow(talk);
  }

  /** Lets each ask; returns when every reply has begun to speak. */
  void ask() {
    seats.forEach(seat -> seat.speaker().say(seat.talk(), DemoLlm.STORY));
    Awaitility.await("all replies speak")
        .atMost(Duration.ofSeconds(20))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> speaking() == seats.size());
  }

  private long speaking() {
    return mirrors().stream().filter(mirror -> mirror.speakingReplies() > 0).count();
  }

  private List<Mirror> mirrors() {
    return seats.stream().map(seat -> seat.speaker().mirror(seat.talk())).toList();
  }

  /** How many replies run at this moment. */
  long running() {
    return mirrors().stream().filter(mirror -> mirror.runningReplies() > 0).count();
  }

  /**
   * Waits until every turn has ended, then checks that each was answered once or honestly failed,
   * that nothing acked is missing, and that all clients saw what is stored; prints the longest
   * silence.
   */
  void assertAllEnded(String afterWhat, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    Map<String, Integer> endings = new TreeMap<>();
    for (Seat seat : seats) {
      Duration left = Duration.ofNanos(Math.max(1_000_000_000L, deadline - System.nanoTime()));
      History history =
          Delivered.asReadBy(suite, seat.person())
              .to(seat.speaker(), seat.witness())
              .within(left)
              .check(seat.talk());
      assertThat(history.byId().keySet()).containsAll(seat.speaker().acked().values());
      assertThat(history.turns()).hasSize(seat.speaker().acked().size());
      List<JsonNode> replies = history.repliesTo(history.turns().getFirst().path("id").asText());
      assertThat(replies).as("replies to one turn").hasSize(1);
      endings.merge(ending(replies.getFirst()), 1, Integer::sum);
    }
    Measurements.note(afterWhat + ": endings of the running replies", endings.toString());
    Measurements.duration(afterWhat + ": longest silence of a reply", longestSilence());
  }

  private static String ending(JsonNode reply) {
    return reply.path("kind").asText().equals("fallback")
        ? "fallback"
        : reply.path("finish_reason").asText();
  }

  private Duration longestSilence() {
    return Duration.ofNanos(
        mirrors().stream().mapToLong(Mirror::longestSilenceNanos).max().orElse(0));
  }

  /** Lets each ask a second time and waits for all answers: the suite works again. */
  void assertServedAgain(Duration patience) {
    for (Seat seat : seats) {
      seat.speaker().awaitAck(seat.speaker().say(seat.talk(), "And now?"), ACK);
    }
    for (Seat seat : seats) {
      History history =
          Delivered.asReadBy(suite, seat.person())
              .to(seat.speaker(), seat.witness())
              .within(patience)
              .check(seat.talk());
      JsonNode last = history.messages().getLast();
      assertThat(last.path("status").asText()).as("the second answer").isEqualTo("complete");
    }
  }

  @Override
  public void close() {
    for (Seat seat : seats) {
      seat.speaker().close();
      seat.witness().close();
    }
  }
}

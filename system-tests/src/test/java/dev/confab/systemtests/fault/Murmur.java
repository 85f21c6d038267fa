package dev.confab.systemtests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.ResumingClient;
import dev.confab.systemtests.delivery.History;
import dev.confab.systemtests.suite.Delivered;
import dev.confab.systemtests.suite.Measurements;
import dev.confab.systemtests.suite.Suite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * People who keep talking in rooms of their own while something dies: each sends a message now and
 * then and measures when it is back. Their rooms spread over the partitions.
 */
final class Murmur implements AutoCloseable {
  private static final Duration SEEN = Duration.ofSeconds(30);
  private static final long EVERY_MILLIS = 700;

  private record Speaker(Person person, String room, ResumingClient client, List<String> said) {}

  private final Suite suite;
  private final List<Speaker> speakers = new ArrayList<>();
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);

  /**
   * Seats the people; they are silent until {@link #begin}.
   *
   * @param gateway index of the gateway they all use first
   */
  Murmur(Suite suite, List<Person> people, int gateway) {
    this.suite = suite;
    for (Person person : people) {
      String room = suite.rest().room(person);
      ResumingClient client = suite.stay(person, gateway);
      client.follow(room);
      speakers.add(new Speaker(person, room, client, new CopyOnWriteArrayList<>()));
    }
  }

  /** Lets everybody talk until {@link #end}. */
  void begin() {
    long step = EVERY_MILLIS / speakers.size();
    for (int i = 0; i < speakers.size(); i++) {
      Speaker speaker = speakers.get(i);
      clock.scheduleAtFixedRate(
          () -> speaker.said().add(speaker.client().say(speaker.room(), "still there?")),
          i * step,
          EVERY_MILLIS,
          TimeUnit.MILLISECONDS);
    }
  }

  /** Waits for every message to be back; returns the longest time that one took. */
  Duration end(String afterWhat) {
    clock.shutdown();
    List<Duration> times = new ArrayList<>();
    for (Speaker speaker : speakers) {
      for (String clientId : speaker.said()) {
        times.add(speaker.client().awaitSeen(clientId, SEEN));
      }
      History history =
          Delivered.asReadBy(suite, speaker.person()).to(speaker.client()).check(speaker.room());
      assertThat(history.messages()).hasSize(speaker.said().size());
    }
    times.sort(Comparator.naturalOrder());
    Duration longest = times.getLast();
    Measurements.note(
        afterWhat + ": one's own message seen",
        "median "
            + times.get(times.size() / 2).toMillis()
            + " ms, longest "
            + longest.toMillis()
            + " ms, of "
            + times.size());
    return longest;
  }

  /** Whether everybody is still on their first connection. */
  boolean undisturbed() {
    return speakers.stream().allMatch(speaker -> speaker.client().connections().size() == 1);
  }

  @Override
  public void close() {
    clock.shutdownNow();
    speakers.forEach(speaker -> speaker.client().close());
  }
}

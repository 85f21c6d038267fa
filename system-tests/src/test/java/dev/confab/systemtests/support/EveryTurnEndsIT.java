package dev.confab.systemtests.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.delivery.History;
import dev.confab.systemtests.suite.Measurements;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A thousand turns of visitors at random, while the LLMs fail in every way, services are killed and
 * come back, and operators take dialogs and give them back as they like. Every turn comes to
 * exactly one end within the deadline. {@code -Dsystem.seed=…} repeats the choices of a run.
 */
@SystemTest
@Tag("support")
@Order(1100)
class EveryTurnEndsIT {
  private static final int TURNS = 1_000;
  private static final int VISITORS = 36;
  private static final int OPERATORS = 6;
  private static final List<String> VICTIMS = List.of("ai-1", "chat-1", "gateway-1", "chat-2");
  private static final Duration WHOLE = Duration.ofSeconds(7);
  private static final Duration BROKEN = Duration.ofSeconds(6);

  /** The suite's 30 seconds, and 10 in which a reply that was asked for may still be heard of. */
  private static final Duration DEADLINE = Duration.ofSeconds(45);

  private static final Duration AT_REST = Duration.ofSeconds(75);

  private final Suite suite;
  private final long seed = Long.getLong("system.seed", System.nanoTime());
  private final Set<String> dialogs = RandomOperator.shared();
  private final Set<String> trouble = RandomOperator.shared();
  private final AtomicInteger turnsLeft = new AtomicInteger(TURNS);
  private final AtomicBoolean goesOn = new AtomicBoolean(true);
  private List<Person> operators;

  EveryTurnEndsIT(Suite suite) {
    this.suite = suite;
  }

  @AfterEach
  void makeWhole() {
    goesOn.set(false);
    suite.revive();
  }

  @Test
  void every_turn_comes_to_one_end_within_the_deadline() throws Exception {
    Measurements.note("every turn ends: seed", Long.toString(seed));
    operators = suite.operators(OPERATORS);
    Site site = Site.open(suite);
    Random seeds = new Random(seed);
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> visitors = new ArrayList<>();
      List<Future<?>> others = new ArrayList<>();
      for (int i = 0; i < VISITORS; i++) {
        Random random = new Random(seeds.nextLong());
        visitors.add(
            people.submit(
                new RandomVisitor(
                    site, suite.gatewaysFrom(i), random, turnsLeft, dialogs, trouble)));
      }
      for (Person operator : operators) {
        Random random = new Random(seeds.nextLong());
        others.add(people.submit(operator(operator, random)));
      }
      others.add(people.submit(new RandomTrouble(suite.demoLlm(), random(seeds), goesOn::get)));
      others.add(
          people.submit(new RandomTrouble(suite.secondDemoLlm(), random(seeds), goesOn::get)));
      killAndRevive();
      for (Future<?> visitor : visitors) {
        visitor.get();
      }
      goesOn.set(false);
      for (Future<?> other : others) {
        other.get();
      }
    } finally {
      goesOn.set(false);
    }
    assertThat(trouble).isEmpty();
    report(atRest());
  }

  private static Random random(Random seeds) {
    return new Random(seeds.nextLong());
  }

  private RandomOperator operator(Person operator, Random random) {
    return new RandomOperator(
        operator, operators, suite.gateways(), random, dialogs, trouble, goesOn::get);
  }

  private void killAndRevive() {
    for (String victim : VICTIMS) {
      Pause.of(WHOLE);
      suite.kill9(victim);
      Pause.of(BROKEN);
      suite.revive();
      Measurements.note("every turn ends: turns left after " + victim, turnsLeft.toString());
    }
  }

  /** Reads all logs until nothing is missing, or the deadline of everything is over. */
  private Map<String, TurnCheck> atRest() {
    Map<String, TurnCheck> checks = new TreeMap<>();
    Person reader = suite.operators(OPERATORS).getFirst();
    try {
      Awaitility.await("every turn has ended")
          .atMost(AT_REST)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofSeconds(3))
          .until(
              () -> {
                for (String dialog : dialogs) {
                  TurnCheck before = checks.get(dialog);
                  if (before == null || !before.breaches().isEmpty()) {
                    History history = suite.history(reader, dialog);
                    checks.put(dialog, TurnCheck.of(history, DEADLINE));
                  }
                }
                return checks.values().stream().allMatch(c -> c.breaches().isEmpty());
              });
    } catch (ConditionTimeoutException notAtRest) {
      assertThat(breaches(checks)).as("seed %d", seed).isEmpty();
    }
    return checks;
  }

  private static List<String> breaches(Map<String, TurnCheck> checks) {
    List<String> all = new ArrayList<>();
    checks.forEach((id, check) -> check.breaches().forEach(each -> all.add(id + ": " + each)));
    return all;
  }

  private static void report(Map<String, TurnCheck> checks) {
    Map<EndState, Integer> counts = new EnumMap<>(EndState.class);
    for (TurnCheck check : checks.values()) {
      check.counts().forEach((state, count) -> counts.merge(state, count, Integer::sum));
    }
    Measurements.note("every turn ends: ends of turns", counts.toString());
    assertThat(counts.values().stream().mapToInt(count -> count).sum()).isEqualTo(TURNS);
    assertThat(counts)
        .containsKeys(EndState.ANSWERED, EndState.HANDED_OVER, EndState.WITH_A_PERSON);
  }
}

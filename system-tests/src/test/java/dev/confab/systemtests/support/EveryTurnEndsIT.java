package dev.confab.systemtests.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.delivery.History;
import dev.confab.systemtests.suite.DemoLlm;
import dev.confab.systemtests.suite.Measurements;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import java.net.URI;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A thousand turns of visitors at random, while the LLMs fail in every way, services are killed and
 * come back, and operators take dialogs and give them back as they like. Every turn comes to
 * exactly one end within the deadline. {@code -Dsystem.seed=…} repeats the choices of a run.
 */
@SystemTest
@Tag("support")
@Order(1100)
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class EveryTurnEndsIT {
  private static final int TURNS = 1_000;
  private static final int VISITORS = 36;
  private static final int OPERATORS = 6;
  private static final List<String> VICTIMS = List.of("ai-1", "chat-1", "gateway-1");
  private static final Duration WHOLE = Duration.ofSeconds(7);
  private static final Duration BROKEN = Duration.ofSeconds(6);

  /** The suite's 30 seconds, and what a look at the clock every second makes of them. */
  private static final Duration DEADLINE = Duration.ofSeconds(33);

  private static final Duration AT_REST = Duration.ofSeconds(75);

  private final Suite suite;
  private final long seed = Long.getLong("system.seed", System.nanoTime());
  private final Set<String> dialogs = RandomOperator.shared();
  private final Set<String> trouble = RandomOperator.shared();
  private final Turns turns = new Turns(TURNS, 3 * VICTIMS.size());
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
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        talk(people, Site.open(suite), new Random(seed));
      } finally {
        goesOn.set(false);
        turns.end();
      }
    }
    report(atRest());
    assertThat(trouble).isEmpty();
  }

  private void talk(ExecutorService people, Site site, Random seeds) throws Exception {
    List<Future<?>> visitors = new ArrayList<>();
    List<Future<?>> others = new ArrayList<>();
    for (int i = 0; i < VISITORS; i++) {
      List<URI> gateways = suite.gatewaysFrom(i);
      visitors.add(
          people.submit(new RandomVisitor(site, gateways, random(seeds), turns, dialogs, trouble)));
    }
    for (Person operator : operators) {
      others.add(people.submit(operator(operator, random(seeds))));
    }
    for (DemoLlm llm : List.of(suite.demoLlm(), suite.secondDemoLlm())) {
      others.add(people.submit(new RandomTrouble(llm, random(seeds), goesOn::get)));
    }
    killAndRevive();
    for (Future<?> visitor : visitors) {
      visitor.get();
    }
    goesOn.set(false);
    for (Future<?> other : others) {
      other.get();
    }
  }

  private static Random random(Random seeds) {
    return new Random(seeds.nextLong());
  }

  private RandomOperator operator(Person operator, Random random) {
    return new RandomOperator(
        operator, operators, suite.gateways(), random, dialogs, trouble, goesOn::get);
  }

  /** Before, while and after something is dead, visitors say their share. */
  private void killAndRevive() {
    for (String victim : VICTIMS) {
      turns.give();
      Pause.of(WHOLE);
      suite.kill9(victim);
      turns.give();
      Pause.of(BROKEN);
      turns.give();
      suite.revive();
    }
    assertThat(turns.notGiven()).isZero();
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

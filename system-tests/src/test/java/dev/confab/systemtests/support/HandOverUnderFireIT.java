package dev.confab.systemtests.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.client.Frame;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.V1Client;
import dev.confab.systemtests.delivery.History;
import dev.confab.systemtests.suite.DemoLlm;
import dev.confab.systemtests.suite.Measurements;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two hundred dialogs are claimed amid the AI's replies, in every way and at either gateway. After
 * the frame that tells of it no character of the AI's follows at any socket, and what it had said
 * reads the same everywhere.
 */
@SystemTest
@Tag("support")
@Order(260)
class HandOverUnderFireIT {
  private static final int DIALOGS = 200;
  private static final int DESK_OPERATORS = 4;
  private static final int PANEL_OPERATORS = 16;
  private static final int ASK_WITHIN_MILLIS = 5_000;
  private static final int CLAIM_WITHIN_MILLIS = 6_000;
  private static final int AT_ONCE = 12;

  private final Suite suite;
  private final long seed = Long.getLong("system.seed", System.nanoTime());
  private final List<Scene> scenes = new ArrayList<>();
  private final Map<String, V1Client> desks = new TreeMap<>();
  private List<Person> operators;
  private Site site;

  HandOverUnderFireIT(Suite suite) {
    this.suite = suite;
  }

  @AfterEach
  void close_all() {
    scenes.forEach(Scene::close);
    desks.values().forEach(V1Client::close);
  }

  @Test
  void no_character_of_the_ai_follows_a_claim() throws Exception {
    Measurements.note("hand-over under fire: seed", Long.toString(seed));
    operators = suite.operators(DESK_OPERATORS + PANEL_OPERATORS);
    site = Site.open(suite);
    openScenes();
    openDesks();
    suite.demoLlm().pace(4, 80);
    suite.secondDemoLlm().pace(4, 80);

    List<String> refused = askAndClaim();

    assertThat(refused).isEmpty();
    Awaitility.await("all sockets know of the claims")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> scenes.stream().allMatch(Scene::isKnownToBeClaimed));
    check();
  }

  private void openScenes() throws Exception {
    forAll(
        i -> {
          URI here = suite.gateways().get(i % 2);
          URI there = suite.gateways().get((i / 2) % 2);
          Scene scene =
              Scene.open(site, here, there, operators.get(DESK_OPERATORS + i % PANEL_OPERATORS));
          synchronized (scenes) {
            scenes.add(scene);
          }
        });
  }

  private interface Step {
    void with(int index) throws Exception;
  }

  private static void forAll(Step step) throws Exception {
    List<Future<?>> steps = new ArrayList<>();
    try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int i = 0; i < DIALOGS; i++) {
        int index = i;
        steps.add(
            workers.submit(
                () -> {
                  step.with(index);
                  return null;
                }));
      }
      for (Future<?> each : steps) {
        each.get();
      }
    }
  }

  /** Each dialog is joined by one operator, at both gateways. */
  private void openDesks() {
    for (int i = 0; i < DESK_OPERATORS; i++) {
      for (int gateway = 0; gateway < 2; gateway++) {
        desks.put(
            deskName(i, gateway), suite.connect(suite.gateways().get(gateway), operators.get(i)));
      }
    }
    for (int i = 0; i < DIALOGS; i++) {
      for (V1Client desk : desksOf(i).values()) {
        desk.join(scenes.get(i).id());
      }
    }
  }

  private static String deskName(int operator, int gateway) {
    return "desk " + operator + " at gateway " + gateway;
  }

  private Map<String, V1Client> desksOf(int dialog) {
    Map<String, V1Client> own = new HashMap<>();
    for (int gateway = 0; gateway < 2; gateway++) {
      String name = deskName(dialog % DESK_OPERATORS, gateway);
      own.put(name, desks.get(name));
    }
    return own;
  }

  private List<String> askAndClaim() throws Exception {
    Random random = new Random(seed);
    Map<Integer, String> refused = new ConcurrentHashMap<>();
    List<Future<?>> all = new ArrayList<>();
    try (ScheduledExecutorService clock =
        Executors.newScheduledThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      for (int i = 0; i < DIALOGS; i++) {
        int dialog = i;
        long ask = random.nextInt(ASK_WITHIN_MILLIS);
        long claim = ask + random.nextInt(CLAIM_WITHIN_MILLIS);
        int way = random.nextInt(Way.values().length);
        URI gateway = suite.gateways().get(random.nextInt(2));
        Scene scene = scenes.get(i);
        all.add(
            clock.schedule(() -> scene.widget().say(DemoLlm.STORY), ask, TimeUnit.MILLISECONDS));
        all.add(
            clock.schedule(
                () -> {
                  String refusal = claim(Way.values()[way], dialog, gateway);
                  if (!refusal.isEmpty()) {
                    refused.put(dialog, Way.values()[way] + ": " + refusal);
                  }
                },
                claim,
                TimeUnit.MILLISECONDS));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    return List.copyOf(refused.values());
  }

  /** How an operator takes a dialog. */
  private enum Way {
    HAND_OVER_FRAME,
    MESSAGE_FRAME,
    REST,
    PANEL_REST,
    PANEL_MESSAGE
  }

  /** Returns the refusal, or an empty string. */
  private String claim(Way way, int dialog, URI gateway) {
    Scene scene = scenes.get(dialog);
    Person anyone = operators.get(dialog % operators.size());
    return switch (way) {
      case HAND_OVER_FRAME ->
          refusal(
              dialog,
              gateway,
              "hand_over",
              Map.of("conversation_id", scene.id(), "action", "claim"));
      case MESSAGE_FRAME ->
          refusal(
              dialog,
              gateway,
              "send_message",
              Map.of("conversation_id", scene.id(), "content", "Hi", "message_type", "user"));
      case REST -> refusal(Site.act(gateway, anyone, scene.id(), "claim", Map.of()));
      case PANEL_REST -> refusal(scene.panel().act("claim", Map.of()));
      case PANEL_MESSAGE ->
          refusal(scene.panel().tryPost("Hello from the desk", "first-" + scene.id()));
    };
  }

  private String refusal(int dialog, URI gateway, String type, Map<String, Object> data) {
    V1Client desk = desks.get(deskName(dialog % DESK_OPERATORS, suite.gateways().indexOf(gateway)));
    Frame answer = desk.awaitAnswer(desk.send(type, data));
    return answer.is("error") ? answer.data().path("code").asText() : "";
  }

  private static String refusal(Calls.Answer answer) {
    return answer.isSuccess() ? "" : answer.toString();
  }

  private void check() throws Exception {
    Map<Integer, History> histories = new ConcurrentHashMap<>();
    forAll(i -> histories.put(i, site.history(operators.getFirst(), scenes.get(i).id())));
    List<V1Client> resumed =
        IntStream.range(0, DESK_OPERATORS)
            .mapToObj(i -> suite.connect(suite.gateways().get(i % 2), operators.get(i)))
            .toList();
    List<String> breaches = new ArrayList<>();
    try {
      for (int i = 0; i < DIALOGS; i++) {
        resumed.get(i % DESK_OPERATORS).join(scenes.get(i).id(), 0L, null);
      }
      // What follows a join comes before the answer to what was sent after it.
      resumed.forEach(client -> client.awaitAnswer(client.send("ping", Map.of())));
      for (int i = 0; i < DIALOGS; i++) {
        V1Client again = resumed.get(i % DESK_OPERATORS);
        History history = histories.get(i);
        breaches.addAll(scenes.get(i).breaches(history, desksOf(i), again));
        breaches.addAll(TurnCheck.of(history, Duration.ofSeconds(30)).breaches());
      }
    } finally {
      resumed.forEach(V1Client::close);
    }
    assertThat(breaches).isEmpty();
    assertThat(histories.values())
        .allMatch(history -> history.conversation().path("owner").asText().equals("operator"));
    assertMuchWasInterrupted(histories.values().stream().toList());
  }

  /** Otherwise it would prove little. */
  private static void assertMuchWasInterrupted(List<History> histories) {
    Map<String, Integer> endings = new TreeMap<>();
    for (History history : histories) {
      for (JsonNode message : history.messages()) {
        if (message.path("message_type").asText().equals("assistant")) {
          boolean silent = message.path("content").asText().isEmpty();
          endings.merge(
              message.path("status").asText() + (silent ? ", nothing said" : ""), 1, Integer::sum);
        }
      }
    }
    Measurements.note("hand-over under fire: replies", endings.toString());
    assertThat(endings.getOrDefault("stopped", 0) + endings.getOrDefault("interrupted", 0))
        .as("replies cut amid their text")
        .isGreaterThan(DIALOGS / 4);
  }
}

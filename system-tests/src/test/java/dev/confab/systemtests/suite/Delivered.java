package dev.confab.systemtests.suite;

import dev.confab.systemtests.client.Frame;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.ResumingClient;
import dev.confab.systemtests.client.V1Client;
import dev.confab.systemtests.delivery.DeliveryCheck;
import dev.confab.systemtests.delivery.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The end of every test: waits until a conversation is at rest, then holds all against all. */
public final class Delivered {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Suite suite;
  private final Person reader;
  private final Map<String, V1Client> clients = new LinkedHashMap<>();
  private final Map<String, ResumingClient> stayers = new LinkedHashMap<>();
  private Duration patience = PATIENCE;
  private boolean everyTurnAnswered = true;

  private Delivered(Suite suite, Person reader) {
    this.suite = suite;
    this.reader = reader;
  }

  /** Checks with the history as this participant reads it. */
  public static Delivered asReadBy(Suite suite, Person reader) {
    return new Delivered(suite, reader);
  }

  /** Holds what these connections saw against it. */
  public Delivered to(V1Client... connections) {
    for (V1Client connection : connections) {
      clients.put("connection " + (clients.size() + 1), connection);
    }
    return this;
  }

  /** Holds what these clients saw, over all their connections, against it. */
  public Delivered to(ResumingClient... connections) {
    for (ResumingClient connection : connections) {
      stayers.put("client " + (stayers.size() + 1), connection);
    }
    return this;
  }

  /** Waits longer than usual for the conversation to come to rest. */
  public Delivered within(Duration longer) {
    patience = longer;
    return this;
  }

  /** Accepts turns without a reply: somebody stopped them before their reply began. */
  public Delivered withStoppedTurns() {
    everyTurnAnswered = false;
    return this;
  }

  /** Waits and checks; returns the history when all is well. */
  public History check(String conversationId) {
    List<String> breaches = new ArrayList<>();
    History[] last = new History[1];
    try {
      Awaitility.await("delivery of " + conversationId)
          .atMost(patience)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(150))
          .until(
              () -> {
                last[0] = suite.history(reader, conversationId);
                breaches.clear();
                breaches.addAll(breaches(last[0], conversationId));
                return breaches.isEmpty();
              });
    } catch (ConditionTimeoutException e) {
      Assertions.fail(
          "conversation "
              + conversationId
              + " after "
              + patience
              + ":\n  "
              + String.join("\n  ", breaches));
    }
    return last[0];
  }

  private List<String> breaches(History history, String conversationId) {
    List<String> found = new ArrayList<>();
    if (!atRest(history)) {
      found.add("a turn has no ended reply");
    }
    Map<String, List<Frame>> open = new LinkedHashMap<>();
    Map<String, List<Frame>> ended = new LinkedHashMap<>();
    clients.forEach((name, client) -> (client.isOpen() ? open : ended).put(name, client.frames()));
    stayers.forEach(
        (name, client) -> {
          List<V1Client> all = client.connections();
          for (int i = 0; i < all.size(); i++) {
            (i == all.size() - 1 && all.get(i).isOpen() ? open : ended)
                .put(name + " connection " + (i + 1), all.get(i).frames());
          }
          client
              .mirror(conversationId)
              .differences(history)
              .forEach(d -> found.add(name + ": " + d));
        });
    found.addAll(DeliveryCheck.breaches(history, open, ended));
    return found;
  }

  private boolean atRest(History history) {
    boolean answered =
        everyTurnAnswered && history.conversation().path("kind").asText().equals("assistant");
    return answered ? history.everyTurnEnded() : history.nothingRuns();
  }
}

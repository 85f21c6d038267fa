package dev.confab.systemtests.support;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.client.PlainClient;
import dev.confab.systemtests.suite.DemoLlm;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * A visitor who goes on asking whatever dies: each message is repeated under its own id, at one
 * gateway and the other, until it is taken. When the dialog is closed they open another.
 */
final class RandomVisitor implements Runnable {
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERRORS = 500;
  private static final int MAX_TRIES = 120;
  private static final String PERSON_WANTED = "I want to talk to a person";

  private final Site site;
  private final List<URI> gateways;
  private final Random random;
  private final Turns turns;
  private final Collection<String> dialogs;
  private final Collection<String> trouble;
  private int gateway;
  private JsonNode dialog;

  /**
   * @param dialogs takes the id of each dialog
   * @param trouble takes what should not happen
   */
  RandomVisitor(
      Site site,
      List<URI> gateways,
      Random random,
      Turns turns,
      Collection<String> dialogs,
      Collection<String> trouble) {
    this.site = site;
    this.gateways = gateways;
    this.random = random;
    this.turns = turns;
    this.dialogs = dialogs;
    this.trouble = trouble;
  }

  @Override
  public void run() {
    open();
    while (turns.take()) {
      Pause.between(random, 300, 4_000);
      String text = words();
      String clientId = UUID.randomUUID().toString();
      if (random.nextInt(4) == 0) {
        alsoBySocket(text, clientId);
      }
      while (!say(text, clientId)) {
        open();
      }
    }
  }

  private String words() {
    int chance = random.nextInt(100);
    if (chance < 4) {
      return PERSON_WANTED;
    }
    return chance < 60 ? DemoLlm.STORY : "What is " + chance + " and " + random.nextInt(9) + "?";
  }

  private void open() {
    Calls.Answer made =
        patiently(
            page -> page.post("/api/widget/dialogs", Map.of("assistant_id", site.assistantId())));
    dialog = made.done();
    dialogs.add(dialog.path("id").asText());
  }

  /** Whether it was taken, for the dialog may be closed. */
  private boolean say(String text, String clientId) {
    String path = "/api/widget/dialogs/" + dialog.path("id").asText() + "/messages";
    Map<String, String> body = Map.of("sender", "user", "text", text, "client_id", clientId);
    Calls.Answer answer = patiently(page -> page.post(path, body));
    if (!answer.isSuccess() && !answer.code().equals("CONVERSATION_CLOSED")) {
      trouble.add("a message was refused: " + answer);
      return true;
    }
    return answer.isSuccess();
  }

  /** Nobody waits for what becomes of it. */
  private void alsoBySocket(String text, String clientId) {
    String path =
        "/ws/widget/dialogs/"
            + dialog.path("id").asText()
            + "?assistant_id="
            + dialog.path("assistant_id").asText();
    try (PlainClient client =
        PlainClient.open(gateways.get(random.nextInt(2)), path, page().headers())) {
      client.send("{'sender':'user','text':'%s','client_id':'%s'}".formatted(text, clientId));
    } catch (RuntimeException gone) {
      gateway++;
    }
  }

  private Calls page() {
    return site.page(gateways.get(gateway % gateways.size()));
  }

  private interface Request {
    Calls.Answer to(Calls page);
  }

  /** Asks until somebody answers who is not too busy and not dead. */
  private Calls.Answer patiently(Request request) {
    Calls.Answer last = null;
    for (int i = 0; i < MAX_TRIES; i++) {
      try {
        last = request.to(page());
        if (last.status() != TOO_MANY && last.status() < SERVER_ERRORS) {
          return last;
        }
      } catch (UncheckedIOException dead) {
        gateway++;
      }
      Pause.of(Duration.ofMillis(500));
      gateway += last != null && last.status() >= SERVER_ERRORS ? 1 : 0;
    }
    throw new AssertionError("nobody answers a visitor: " + last);
  }
}

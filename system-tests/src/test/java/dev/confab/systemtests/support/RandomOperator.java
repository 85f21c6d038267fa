package dev.confab.systemtests.support;

import dev.confab.systemtests.client.Person;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** An operator who takes dialogs at random, does something with them and gives them up again. */
final class RandomOperator implements Runnable {
  /** What may be answered: done, being done, somebody was quicker, or a service is dead. */
  private static final Set<Integer> USUAL = Set.of(200, 201, 202, 409, 429, 502, 503, 504);

  private final Person person;
  private final List<Person> colleagues;
  private final List<URI> gateways;
  private final Random random;
  private final Set<String> dialogs;
  private final Set<String> trouble;
  private final BooleanSupplier goesOn;
  private final List<String> mine = new ArrayList<>();

  RandomOperator(
      Person person,
      List<Person> colleagues,
      List<URI> gateways,
      Random random,
      Set<String> dialogs,
      Set<String> trouble,
      BooleanSupplier goesOn) {
    this.person = person;
    this.colleagues = colleagues;
    this.gateways = gateways;
    this.random = random;
    this.dialogs = dialogs;
    this.trouble = trouble;
    this.goesOn = goesOn;
  }

  /** A set that many can add to and look through. */
  static Set<String> shared() {
    return ConcurrentHashMap.newKeySet();
  }

  @Override
  public void run() {
    while (goesOn.getAsBoolean()) {
      Pause.between(random, 200, 1_500);
      try {
        if (mine.isEmpty() || random.nextInt(5) < 2) {
          claim();
        } else {
          goOnWith(mine.get(random.nextInt(mine.size())));
        }
      } catch (UncheckedIOException dead) {
        // Next time it may be the other gateway.
      }
    }
  }

  private void claim() {
    List<String> all = List.copyOf(dialogs);
    if (!all.isEmpty()) {
      String dialog = all.get(random.nextInt(all.size()));
      boolean bySaying = random.nextInt(3) == 0;
      if (bySaying ? say(dialog) : act(dialog, "claim", Map.of())) {
        mine.add(dialog);
      }
    }
  }

  private void goOnWith(String dialog) {
    int chance = random.nextInt(100);
    if (chance < 25) {
      say(dialog);
      return;
    }
    mine.remove(dialog);
    if (chance < 70) {
      act(dialog, "release", Map.of("to", "assistant"));
    } else if (chance < 85) {
      act(dialog, "release", Map.of("to", "queue"));
    } else if (chance < 95) {
      Person to = colleagues.get(random.nextInt(colleagues.size()));
      act(dialog, "transfer", Map.of("user_id", to.id(), "user_name", to.name()));
    } else {
      act(dialog, "close", Map.of());
    }
  }

  private boolean act(String dialog, String action, Map<String, String> body) {
    return usual(action, Site.act(gateway(), person, dialog, action, body));
  }

  private boolean say(String dialog) {
    return usual(
        "message",
        Calls.at(gateway(), person.accessToken())
            .post(
                "/api/dialogs/" + dialog + "/messages",
                Map.of(
                    "sender", "manager",
                    "text", "A person's word",
                    "client_id", UUID.randomUUID().toString())));
  }

  private boolean usual(String action, Calls.Answer answer) {
    if (!USUAL.contains(answer.status())) {
      trouble.add(action + ": " + answer);
    }
    return answer.isSuccess();
  }

  private URI gateway() {
    return gateways.get(random.nextInt(gateways.size()));
  }
}

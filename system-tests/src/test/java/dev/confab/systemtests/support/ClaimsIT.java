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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Fifty operators reach for one dialog in the same moment, amid a reply of the AI's. */
@SystemTest
@Tag("support")
@Order(250)
class ClaimsIT {
  private static final int OPERATORS = 50;
  private static final Duration READY = Duration.ofSeconds(30);

  private final Suite suite;

  ClaimsIT(Suite suite) {
    this.suite = suite;
  }

  /**
   * How a claim was answered.
   *
   * @param words what the refusal says to people
   */
  private record Outcome(Person operator, boolean won, String code, String words) {}

  @Test
  void one_has_it_and_the_others_are_told_who() throws Exception {
    Site site = Site.open(suite);
    List<Person> operators = suite.operators(OPERATORS);
    suite.demoLlm().pace(5, 100);
    try (WidgetClient widget = site.visitor(suite.gatewayA(), "&stream=1")) {
      widget.say(DemoLlm.STORY);
      widget.socket().await("stream");

      List<Outcome> outcomes = claimAtOnce(operators, widget.dialogId());

      widget.socket().awaitState("operator");
      History history = site.history(operators.getFirst(), widget.dialogId());
      List<Outcome> won = outcomes.stream().filter(Outcome::won).toList();
      assertThat(won).as("owners").hasSize(1);
      Person owner = won.getFirst().operator();
      assertThat(outcomes)
          .filteredOn(outcome -> !outcome.won())
          .hasSize(OPERATORS - 1)
          .allSatisfy(
              outcome -> {
                assertThat(outcome.code()).isEqualTo("CONFLICT");
                assertThat(outcome.words()).contains(owner.name());
              });
      JsonNode conversation = history.conversation();
      assertThat(conversation.path("owner").asText()).isEqualTo("operator");
      assertThat(conversation.path("operator_id").asText()).isEqualTo(owner.id());
      assertThat(history.handoffs()).hasSize(1);
      assertThat(TurnCheck.of(history, Duration.ofSeconds(30)).breaches()).isEmpty();
      assertThat(AfterTheClaim.atDialect(widget.socket().frames())).isEmpty();
    }
  }

  /** Half of them over REST and half over sockets, at both gateways. */
  private List<Outcome> claimAtOnce(List<Person> operators, String dialogId) throws Exception {
    CountDownLatch ready = new CountDownLatch(operators.size());
    CountDownLatch go = new CountDownLatch(1);
    List<Future<Outcome>> claims = new ArrayList<>();
    List<Outcome> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < operators.size(); i++) {
        Person operator = operators.get(i);
        URI gateway = suite.gateways().get(i / 2 % 2);
        boolean bySocket = i % 2 == 0;
        claims.add(
            threads.submit(
                () ->
                    bySocket
                        ? claimBySocket(gateway, operator, dialogId, ready, go)
                        : claimByRest(gateway, operator, dialogId, ready, go)));
      }
      ready.await(READY.toSeconds(), TimeUnit.SECONDS);
      long before = System.nanoTime();
      go.countDown();
      for (Future<Outcome> claim : claims) {
        outcomes.add(claim.get());
      }
      Measurements.duration(
          OPERATORS + " claims of one dialog answered",
          Duration.ofNanos(System.nanoTime() - before));
    }
    return outcomes;
  }

  private Outcome claimBySocket(
      URI gateway, Person operator, String dialogId, CountDownLatch ready, CountDownLatch go)
      throws InterruptedException {
    try (V1Client client = suite.connect(gateway, operator)) {
      ready.countDown();
      go.await();
      Frame answer =
          client.awaitAnswer(
              client.send("hand_over", Map.of("conversation_id", dialogId, "action", "claim")));
      return new Outcome(
          operator,
          answer.is("ack"),
          answer.data().path("code").asText(),
          answer.data().path("message").asText());
    }
  }

  private static Outcome claimByRest(
      URI gateway, Person operator, String dialogId, CountDownLatch ready, CountDownLatch go)
      throws InterruptedException {
    ready.countDown();
    go.await();
    Calls.Answer answer = Site.act(gateway, operator, dialogId, "claim", Map.of());
    return new Outcome(operator, answer.isSuccess(), answer.code(), answer.detail());
  }
}

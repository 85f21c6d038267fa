package dev.confab.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.client.Frame;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.V1Client;
import dev.confab.systemtests.delivery.History;
import dev.confab.systemtests.suite.Delivered;
import dev.confab.systemtests.suite.DemoLlm;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Providers fail in every way they can. If it is one, the other answers in its stead, whole and in
 * time; if it is both, the turn ends honestly; the next one is answered.
 */
@SystemTest
@Tag("journey")
@Order(50)
class LlmTroubleIT {
  private static final String QUESTION = "Who are you?";
  private static final Set<String> FAILED = Set.of("failed", "interrupted");

  private final Suite suite;

  LlmTroubleIT(Suite suite) {
    this.suite = suite;
  }

  @AfterEach
  void both_behave_and_are_asked_again() {
    suite.demoLlm().behave();
    suite.secondDemoLlm().behave();
    Person anna = suite.newPerson();
    String talk = suite.rest().talk(anna);
    try (V1Client a = suite.connect(suite.gatewayA(), anna)) {
      a.join(talk);
      long asked = suite.demoLlm().requests();
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                a.awaitReplyEnd(a.sayAndAwaitAck(talk, "Still there?"), Duration.ofSeconds(30));
                return suite.demoLlm().requests() > asked;
              });
    }
  }

  static Stream<Arguments> waysToFail() {
    return Stream.of(
        way("an error status", llm -> llm.status(500), 5),
        way("a refused key", llm -> llm.status(401), 5),
        way("a cut stream", llm -> llm.cut(5), 5),
        way("a malformed chunk", llm -> llm.malformed(5), 5),
        way("a stalled stream", llm -> llm.stall(5), 20),
        way("silence", llm -> llm.delay(Duration.ofMinutes(2)), 25));
  }

  private static Arguments way(String name, Consumer<DemoLlm> trouble, int seconds) {
    return Arguments.of(Named.of(name, trouble), Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @MethodSource("waysToFail")
  void the_other_provider_answers_for_one_that_fails(Consumer<DemoLlm> trouble, Duration patience) {
    Person anna = suite.newPerson();
    String talk = suite.rest().talk(anna);
    try (V1Client a = suite.connect(suite.gatewayA(), anna);
        V1Client b = suite.connect(suite.gatewayB(), anna)) {
      a.join(talk);
      b.join(talk);
      trouble.accept(suite.demoLlm());
      Frame end = a.awaitReplyEnd(a.sayAndAwaitAck(talk, QUESTION), patience);

      assertThat(end.data().at("/message/status").asText()).isEqualTo("complete");
      assertThat(end.data().at("/message/content").asText())
          .startsWith("This is the demo LLM")
          .endsWith("You wrote: \"" + QUESTION + "\".");
      b.awaitReplyEnd(end.data().at("/message/reply_to").asText(), Duration.ofSeconds(5));
      Delivered.asReadBy(suite, anna).to(a, b).check(talk);
    }
  }

  @Test
  void an_error_status_ends_the_turn_with_a_fallback() {
    JsonNode reply = replyUnder(llm -> llm.status(500), Duration.ofSeconds(30));
    assertThat(reply.path("kind").asText()).isEqualTo("fallback");
    assertThat(reply.path("content").asText()).isNotBlank();
  }

  @Test
  void a_refused_key_ends_the_turn_with_a_fallback() {
    JsonNode reply = replyUnder(llm -> llm.status(401), Duration.ofSeconds(30));
    assertThat(reply.path("kind").asText()).isEqualTo("fallback");
  }

  @Test
  void a_cut_stream_ends_honestly() {
    assertHonest(replyUnder(llm -> llm.cut(5), Duration.ofSeconds(40)));
  }

  @Test
  void malformed_chunks_end_honestly() {
    assertHonest(replyUnder(llm -> llm.malformed(5), Duration.ofSeconds(40)));
  }

  @Test
  void a_stalled_stream_ends_by_its_time_out() {
    assertHonest(replyUnder(llm -> llm.stall(5), Duration.ofSeconds(59)));
  }

  @Test
  void a_slow_first_token_is_waited_for() {
    JsonNode reply = replyUnder(llm -> llm.delay(Duration.ofSeconds(3)), Duration.ofSeconds(30));
    assertThat(reply.path("status").asText()).isEqualTo("complete");
  }

  private static void assertHonest(JsonNode reply) {
    assertThat(
            reply.path("kind").asText().equals("fallback")
                || FAILED.contains(reply.path("status").asText()))
        .as("status %s, kind %s", reply.path("status"), reply.path("kind"))
        .isTrue();
  }

  /** The end of a turn under trouble; then checks that the next turn is answered. */
  private JsonNode replyUnder(Consumer<DemoLlm> trouble, Duration patience) {
    Person anna = suite.newPerson();
    String talk = suite.rest().talk(anna);
    try (V1Client a = suite.connect(suite.gatewayA(), anna);
        V1Client b = suite.connect(suite.gatewayB(), anna)) {
      a.join(talk);
      b.join(talk);
      trouble.accept(suite.demoLlm());
      trouble.accept(suite.secondDemoLlm());
      String turnId = a.sayAndAwaitAck(talk, DemoLlm.STORY);
      a.awaitReplyEnd(turnId, patience);
      suite.demoLlm().behave();
      suite.secondDemoLlm().behave();
      String next = a.sayAndAwaitAck(talk, "And now?");
      a.awaitReplyEnd(next, Duration.ofSeconds(30));
      History history = Delivered.asReadBy(suite, anna).to(a, b).check(talk);
      assertThat(history.repliesTo(next))
          .singleElement()
          .matches(reply -> reply.path("status").asText().equals("complete"), "answered");
      List<JsonNode> replies = history.repliesTo(turnId);
      assertThat(replies).isNotEmpty();
      return replies.getLast();
    }
  }
}

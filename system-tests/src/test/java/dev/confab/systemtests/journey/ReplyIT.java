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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Guarantees 4 and 5: one text for everybody, whole, one reply at a time, stopped when asked. */
@SystemTest
@Tag("journey")
@Order(30)
class ReplyIT {
  private static final Duration REPLY = Duration.ofSeconds(30);
  private static final int SLOW = 15;
  private static final int TOKENS = 90;

  private final Suite suite;

  ReplyIT(Suite suite) {
    this.suite = suite;
  }

  @Test
  void who_joins_amid_a_reply_gets_it_from_its_first_character() {
    Person anna = suite.newPerson();
    String talk = suite.rest().talk(anna);
    List<V1Client> late = new ArrayList<>();
    suite.demoLlm().pace(SLOW, TOKENS);
    try (V1Client a = suite.connect(suite.gatewayA(), anna)) {
      a.join(talk);
      String turnId = a.sayAndAwaitAck(talk, DemoLlm.STORY);
      String replyId = a.awaitReplyStart(turnId).messageId();
      a.awaitText(replyId);
      for (int i = 0; i < 4; i++) {
        V1Client joiner = suite.connect(suite.gateways().get(i % 2), anna);
        late.add(joiner);
        joiner.join(talk, i < 2 ? 0L : null, null);
        joiner.awaitText(replyId);
      }

      a.awaitReplyEnd(turnId, REPLY);

      Delivered.asReadBy(suite, anna).to(a).to(late.toArray(V1Client[]::new)).check(talk);
      for (V1Client joiner : late) {
        assertThat(joiner.awaitText(replyId).data().path("offset").asInt()).isZero();
      }
    } finally {
      late.forEach(V1Client::close);
    }
  }

  @Test
  void a_reply_is_stopped_from_the_other_gateway_and_what_was_said_stays() {
    Person anna = suite.newPerson();
    String talk = suite.rest().talk(anna);
    long hangUps = suite.demoLlm().hangUps();
    suite.demoLlm().pace(SLOW, TOKENS);
    try (V1Client a = suite.connect(suite.gatewayA(), anna);
        V1Client b = suite.connect(suite.gatewayB(), anna)) {
      a.join(talk);
      b.join(talk);
      String turnId = a.sayAndAwaitAck(talk, DemoLlm.STORY);
      Frame text = b.awaitText(b.awaitReplyStart(turnId).messageId());

      stop(b, talk, text.messageId());

      JsonNode ended = assertStopped(a, turnId);
      assertThat(ended.path("content").asText()).isNotEmpty();
      awaitHangUps(hangUps + 1);
      Delivered.asReadBy(suite, anna).to(a, b).check(talk);
    }
  }

  private static void stop(V1Client client, String conversationId, String messageId) {
    Frame answer =
        client.awaitAnswer(
            client.send(
                "stop_response",
                Map.of("conversation_id", conversationId, "message_id", messageId)));
    assertThat(answer.type()).as("%s", answer).isEqualTo("ack");
  }

  private static JsonNode assertStopped(V1Client client, String turnId) {
    Frame end = client.awaitReplyEnd(turnId, V1Client.PATIENCE);
    assertThat(end.message().path("status").asText()).isEqualTo("stopped");
    assertThat(end.message().path("finish_reason").asText()).isEqualTo("stopped");
    return end.message();
  }

  private void awaitHangUps(long atLeast) {
    Awaitility.await("the upstream call ends")
        .atMost(Duration.ofSeconds(5))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> suite.demoLlm().hangUps() >= atLeast);
  }

  @Test
  void a_reply_is_stopped_before_its_first_token() {
    Person anna = suite.newPerson();
    String talk = suite.rest().talk(anna);
    long hangUps = suite.demoLlm().hangUps();
    suite.demoLlm().delay(Duration.ofSeconds(10));
    try (V1Client a = suite.connect(suite.gatewayA(), anna);
        V1Client b = suite.connect(suite.gatewayB(), anna)) {
      a.join(talk);
      b.join(talk);
      String turnId = a.sayAndAwaitAck(talk, DemoLlm.STORY);
      a.awaitReplyStart(turnId);

      stop(b, talk, turnId);

      JsonNode ended = assertStopped(a, turnId);
      assertThat(ended.path("content").asText()).isEmpty();
      awaitHangUps(hangUps + 1);
      Delivered.asReadBy(suite, anna).to(a, b).check(talk);
    }
  }

  @Test
  void rapid_turns_are_answered_in_order_one_at_a_time() {
    Person anna = suite.newPerson();
    String talk = suite.rest().talk(anna);
    try (V1Client a = suite.connect(suite.gatewayA(), anna);
        V1Client b = suite.connect(suite.gatewayB(), anna)) {
      a.join(talk);
      b.join(talk);
      List<String> turns = new ArrayList<>();
      List<String> clientIds = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        clientIds.add(a.say(talk, "Question " + i));
      }
      clientIds.forEach(id -> turns.add(a.awaitAck(id).messageId()));

      History history =
          Delivered.asReadBy(suite, anna).to(a, b).within(Duration.ofSeconds(45)).check(talk);

      List<String> answered =
          b.frames().stream()
              .filter(frame -> frame.is("stream_start"))
              .map(frame -> frame.data().path("reply_to").asText())
              .toList();
      assertThat(answered).containsExactlyElementsOf(turns);
      for (String turn : turns) {
        assertThat(history.repliesTo(turn)).hasSize(1);
      }
    }
  }

  @Test
  void a_queued_turn_can_be_stopped_while_another_is_answered() {
    Person anna = suite.newPerson();
    String talk = suite.rest().talk(anna);
    suite.demoLlm().pace(SLOW, TOKENS);
    try (V1Client a = suite.connect(suite.gatewayA(), anna)) {
      a.join(talk);
      String first = a.sayAndAwaitAck(talk, DemoLlm.STORY);
      String second = a.sayAndAwaitAck(talk, DemoLlm.STORY);
      a.awaitText(a.awaitReplyStart(first).messageId());

      stop(a, talk, second);
      stop(a, talk, first);

      assertStopped(a, first);
      History history = Delivered.asReadBy(suite, anna).to(a).withStoppedTurns().check(talk);
      assertThat(history.repliesTo(second))
          .as("none, or a stopped one")
          .allMatch(reply -> reply.path("status").asText().equals("stopped"));
      String third = a.sayAndAwaitAck(talk, "And now?");
      a.awaitReplyEnd(third, REPLY);
    }
  }

  @Test
  void a_further_reply_can_be_asked_for_and_a_running_one_is_not_doubled() {
    Person anna = suite.newPerson();
    String talk = suite.rest().talk(anna);
    try (V1Client a = suite.connect(suite.gatewayA(), anna);
        V1Client b = suite.connect(suite.gatewayB(), anna)) {
      a.join(talk);
      b.join(talk);
      suite.demoLlm().pace(SLOW * 3, TOKENS);
      String turnId = a.sayAndAwaitAck(talk, DemoLlm.STORY);
      a.awaitReplyStart(turnId);
      ask(b, talk, turnId);
      a.awaitReplyEnd(turnId, REPLY);
      suite.demoLlm().behave();
      assertThat(suite.history(anna, talk).repliesTo(turnId)).hasSize(1);

      ask(b, talk, turnId);

      a.awaitFrame(
          "a second reply",
          frame -> a.frames().stream().filter(f -> f.is("stream_complete")).count() == 2,
          REPLY);
      History history = Delivered.asReadBy(suite, anna).to(a, b).check(talk);
      assertThat(history.repliesTo(turnId)).hasSize(2);
    }
  }

  private static void ask(V1Client client, String conversationId, String messageId) {
    Frame answer =
        client.awaitAnswer(
            client.send(
                "stream_response",
                Map.of("conversation_id", conversationId, "message_id", messageId)));
    assertThat(answer.type()).as("%s", answer).isEqualTo("ack");
  }

  @Test
  void text_beyond_the_basic_plane_arrives_whole() {
    Person anna = suite.newPerson();
    String talk = suite.rest().talk(anna);
    try (V1Client a = suite.connect(suite.gatewayA(), anna);
        V1Client b = suite.connect(suite.gatewayB(), anna)) {
      a.join(talk);
      b.join(talk);
      String said = "Привет 👩‍🚀🚀 – \"quotes\" \\ and\nnew lines 𝔘";
      String turnId = a.sayAndAwaitAck(talk, said);
      a.awaitReplyEnd(turnId, REPLY);
      History history = Delivered.asReadBy(suite, anna).to(a, b).check(talk);
      assertThat(history.byId().get(turnId).path("content").asText()).isEqualTo(said);
    }
  }
}

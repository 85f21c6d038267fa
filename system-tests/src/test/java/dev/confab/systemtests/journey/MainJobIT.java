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
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** People talk with an AI and with each other, live, through two gateways. */
@SystemTest
@Tag("journey")
@Order(10)
class MainJobIT {
  private static final Duration REPLY = Duration.ofSeconds(30);

  private final Suite suite;

  MainJobIT(Suite suite) {
    this.suite = suite;
  }

  @Test
  void one_user_on_two_gateways_holds_one_conversation_with_the_ai() {
    Person anna = suite.newPerson();
    String talk = suite.rest().talk(anna);
    try (V1Client a = suite.connect(suite.gatewayA(), anna);
        V1Client b = suite.connect(suite.gatewayB(), anna)) {
      a.join(talk);
      b.join(talk);

      for (int turn = 0; turn < 4; turn++) {
        V1Client speaker = turn % 2 == 0 ? a : b;
        String turnId = speaker.sayAndAwaitAck(talk, "Turn " + turn + ". " + DemoLlm.STORY);
        Frame end = a.awaitReplyEnd(turnId, REPLY);
        assertThat(end.type()).isEqualTo("stream_complete");
        assertThat(end.data().path("finish_reason").asText()).isEqualTo("stop");
        JsonNode usage = end.data().path("usage");
        assertThat(usage.path("prompt_tokens").asInt()).isPositive();
        assertThat(usage.path("completion_tokens").asInt()).isPositive();
        assertThat(usage.path("total_tokens").asInt())
            .isEqualTo(
                usage.path("prompt_tokens").asInt() + usage.path("completion_tokens").asInt());
        assertThat(streamedFrames(a, end.messageId()))
            .as("streamed, not sent whole")
            .isGreaterThan(3);
      }

      History history = Delivered.asReadBy(suite, anna).to(a, b).check(talk);
      assertThat(history.turns()).hasSize(4);
      assertThat(history.messages()).hasSize(8);
      assertThat(history.messages()).allMatch(m -> m.path("status").asText().equals("complete"));
    }
  }

  private static long streamedFrames(V1Client client, String replyId) {
    return client.frames().stream()
        .filter(frame -> frame.is("stream_content") && frame.messageId().equals(replyId))
        .count();
  }

  @Test
  void two_users_in_a_room_on_two_gateways_see_the_same() {
    Person anna = suite.newPerson();
    Person ben = suite.newPerson();
    String room = suite.rest().room(anna, ben);
    try (V1Client a = suite.connect(suite.gatewayA(), anna);
        V1Client b = suite.connect(suite.gatewayB(), ben);
        V1Client elsewhere = suite.connect(suite.gatewayA(), ben)) {
      a.join(room);
      b.join(room);

      for (int i = 0; i < 5; i++) {
        a.say(room, "from Anna " + i);
        b.say(room, "from Ben " + i);
      }

      awaitMessages(a, "message_received", 10);
      awaitMessages(b, "message_received", 10);
      awaitMessages(elsewhere, "message_added", 10);
      History history = Delivered.asReadBy(suite, ben).to(a, b, elsewhere).check(room);
      assertThat(history.messages()).hasSize(10);
      assertThat(history.messages())
          .filteredOn(m -> m.path("sender_id").asText().equals(anna.id()))
          .extracting(m -> m.path("content").asText())
          .containsExactly(
              "from Anna 0", "from Anna 1", "from Anna 2", "from Anna 3", "from Anna 4");
    }
  }

  private static void awaitMessages(V1Client client, String type, int count) {
    client.awaitFrame(
        count + " × " + type,
        frame -> client.frames().stream().filter(f -> f.is(type)).count() >= count,
        V1Client.PATIENCE);
  }

  @Test
  void a_new_conversation_and_its_changes_reach_every_tab() {
    Person anna = suite.newPerson();
    try (V1Client a = suite.connect(suite.gatewayA(), anna);
        V1Client b = suite.connect(suite.gatewayB(), anna)) {
      String talk = suite.rest().talk(anna);

      awaitConversation(a, talk);
      awaitConversation(b, talk);

      suite
          .rest()
          .as(anna)
          .body(Map.of("title", "Renamed"))
          .patch("/api/v1/conversations/" + talk)
          .then()
          .statusCode(200);
      for (V1Client tab : new V1Client[] {a, b}) {
        tab.awaitFrame(
            "the new title",
            frame ->
                frame.is("conversation_updated")
                    && frame.data().path("conversation").path("title").asText().equals("Renamed"),
            V1Client.PATIENCE);
      }
    }
  }

  private static void awaitConversation(V1Client tab, String conversationId) {
    tab.awaitFrame(
        "conversation_updated",
        frame -> frame.is("conversation_updated") && frame.conversationId().equals(conversationId),
        V1Client.PATIENCE);
  }

  @Test
  void a_message_to_a_conversation_not_joined_joins_it_first() {
    Person anna = suite.newPerson();
    String talk = suite.rest().talk(anna);
    try (V1Client a = suite.connect(suite.gatewayA(), anna)) {
      Frame ack = a.awaitAck(a.say(talk, "Hello"));

      Frame joined = a.awaitFrame("joined", frame -> frame.is("joined"), V1Client.PATIENCE);
      assertThat(joined.index()).isLessThan(ack.index());
      assertThat(ack.data().path("seq").asLong()).isPositive();
      assertThat(ack.conversationId()).isEqualTo(talk);
      a.awaitReplyEnd(ack.messageId(), REPLY);
      Delivered.asReadBy(suite, anna).to(a).check(talk);
    }
  }

  @Test
  void history_and_system_prompt_reach_the_model() {
    Person anna = suite.newPerson();
    String talk =
        suite.rest().talk(anna, Map.of("system_prompt", "You are a gardener named Quince."));
    try (V1Client a = suite.connect(suite.gatewayA(), anna)) {
      a.join(talk);
      String first = a.sayAndAwaitAck(talk, "My lucky number is 4711.");
      a.awaitReplyEnd(first, REPLY);
      String second = a.sayAndAwaitAck(talk, "Which one was it?");

      String answer = a.awaitReplyEnd(second, REPLY).message().path("content").asText();

      assertThat(answer.contains("Quince")).as("the reply tells of the system prompt").isTrue();
      assertThat(answer.contains("Earlier messages: 2")).as("and of the history").isTrue();
      List<String> prompt = suite.demoLlm().newestPromptEndingWith("Which one");
      assertThat(
              prompt.stream().anyMatch(line -> line.startsWith("user: ") && line.contains("4711")))
          .as("the first message was sent along")
          .isTrue();
      Delivered.asReadBy(suite, anna).to(a).check(talk);
    }
  }
}

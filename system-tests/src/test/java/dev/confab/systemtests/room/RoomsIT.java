package dev.confab.systemtests.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.client.Frame;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.V1Client;
import dev.confab.systemtests.suite.Delivered;
import dev.confab.systemtests.suite.Rest;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** People in a room: how they come in, who decides, and how they are addressed. */
@SystemTest
@Tag("room")
@Order(310)
class RoomsIT {
  private static final Duration ANSWERED = Duration.ofSeconds(20);
  private static final String HEART = "\u2764\uFE0F";

  private final Suite suite;
  private Person anna;
  private Person ben;
  private String room;

  RoomsIT(Suite suite) {
    this.suite = suite;
  }

  @BeforeEach
  void two_in_a_room() {
    anna = suite.newPerson();
    ben = suite.newPerson();
    room = suite.rest().room(anna, ben);
  }

  private String path(String rest) {
    return "/api/v1/conversations/" + room + rest;
  }

  private Response post(Person person, String rest, Map<String, ?> body) {
    return suite.rest().as(person).body(body).post(path(rest));
  }

  private static List<String> members(JsonNode conversation) {
    List<String> ids = new ArrayList<>();
    conversation.path("participants").forEach(each -> ids.add(each.path("user_id").asText()));
    return ids;
  }

  private Frame awaitMember(V1Client client, Person member, boolean isThere) {
    return client.awaitFrame(
        "the change of members",
        frame ->
            frame.is("conversation_updated")
                && members(frame.data().path("conversation")).contains(anna.id())
                && members(frame.data().path("conversation")).contains(member.id()) == isThere,
        V1Client.PATIENCE);
  }

  @Test
  void one_comes_in_by_name_and_is_told_at_once() {
    Person carol = suite.newPerson();
    try (V1Client annas = suite.connect(suite.gatewayA(), anna);
        V1Client carols = suite.connect(suite.gatewayB(), carol)) {
      annas.join(room);
      assertThat(post(ben, "/invitations", Map.of("username", carol.name())).statusCode())
          .as("who is no host")
          .isIn(403, 404);
      post(anna, "/invitations", Map.of("username", carol.name())).then().statusCode(201);

      awaitMember(annas, carol, true);
      awaitMember(carols, carol, true);
      carols.join(room);
      String said = carols.sayAndAwaitAck(room, "Here I am");
      annas.awaitFrame("her message", frame -> frame.messageId().equals(said), V1Client.PATIENCE);
      Delivered.asReadBy(suite, carol).to(annas, carols).check(room);
    }
  }

  @Test
  void one_comes_in_by_a_link_until_it_is_taken_back() {
    Person carol = suite.newPerson();
    Person dan = suite.newPerson();
    JsonNode link = Rest.json(post(anna, "/invitations", Map.of()));
    String accept = "/api/v1/invitations/" + link.path("token").asText() + "/accept";

    for (int i = 0; i < 2; i++) {
      suite.rest().as(carol).body(Map.of()).post(accept).then().statusCode(200);
    }
    suite
        .rest()
        .as(anna)
        .delete(path("/invitations/" + link.path("id").asText()))
        .then()
        .statusCode(204);
    suite.rest().as(dan).body(Map.of()).post(accept).then().statusCode(404);
    suite.rest().anonymous().body(Map.of()).post(accept).then().statusCode(401);

    assertThat(members(suite.history(carol, room).conversation()))
        .containsExactlyInAnyOrder(anna.id(), ben.id(), carol.id());
  }

  @Test
  void typing_and_replies_reach_every_device_but_those_of_who_was_removed() {
    Person carol = suite.newPerson();
    post(anna, "/participants", Map.of("user_id", carol.id())).then().statusCode(201);
    try (V1Client annas = suite.connect(suite.gatewayA(), anna);
        V1Client bens = suite.connect(suite.gatewayB(), ben);
        V1Client bensToo = suite.connect(suite.gatewayA(), ben);
        V1Client carols = suite.connect(suite.gatewayB(), carol)) {
      List.of(annas, bens, bensToo, carols).forEach(client -> client.join(room));
      bens.send("typing_start", Map.of("conversation_id", room));
      for (V1Client each : List.of(annas, carols)) {
        each.awaitFrame(
            "Ben types",
            f -> f.is("typing_indicator") && f.data().path("user_id").asText().equals(ben.id()),
            V1Client.PATIENCE);
      }
      String first = annas.sayAndAwaitAck(room, "Who comes along?");
      bensToo.send(
          "send_message",
          Map.of("conversation_id", room, "content", "I", "client_id", "i", "reply_to", first));
      for (V1Client each : List.of(annas, bens, carols)) {
        each.awaitFrame(
            "Ben's reply",
            frame -> frame.message().path("reply_to").asText().equals(first),
            V1Client.PATIENCE);
      }
      suite.rest().as(anna).delete(path("/participants/" + ben.id())).then().statusCode(204);
      for (V1Client each : List.of(bens, bensToo)) {
        awaitMember(each, ben, false);
        String typed = each.send("typing_start", Map.of("conversation_id", room));
        assertThat(each.awaitAnswer(typed).data().path("code").asText()).isEqualTo("NOT_FOUND");
      }
      Delivered.asReadBy(suite, carol).to(annas, carols).check(room);
    }
  }

  @Test
  void who_is_removed_hears_no_more_and_a_new_host_decides() {
    try (V1Client annas = suite.connect(suite.gatewayA(), anna);
        V1Client bens = suite.connect(suite.gatewayB(), ben)) {
      annas.join(room);
      bens.join(room);
      suite
          .rest()
          .as(anna)
          .body(Map.of("role", "host"))
          .patch(path("/participants/" + ben.id()))
          .then()
          .statusCode(200);
      suite.rest().as(ben).body(Map.of("title", "Ben's")).patch(path("")).then().statusCode(200);
      annas.awaitFrame(
          "the new name",
          f -> f.data().path("conversation").path("title").asText().equals("Ben's"),
          V1Client.PATIENCE);
      suite.rest().as(ben).delete(path("/participants/" + anna.id())).then().statusCode(204);
      bens.awaitFrame(
          "Anna's removal",
          frame ->
              frame.is("conversation_updated")
                  && members(frame.data().path("conversation")).equals(List.of(ben.id())),
          V1Client.PATIENCE);
      String after = bens.sayAndAwaitAck(room, "Among ourselves");

      Frame refused =
          annas.awaitAnswer(annas.send("join_conversation", Map.of("conversation_id", room)));
      assertThat(refused.data().path("code").asText()).isEqualTo("NOT_FOUND");
      assertThat(annas.frames()).noneMatch(frame -> frame.messageId().equals(after));
    }
  }

  @Test
  void who_is_mentioned_has_it_counted_until_it_is_read() {
    try (V1Client annas = suite.connect(suite.gatewayA(), anna);
        V1Client bens = suite.connect(suite.gatewayB(), ben)) {
      annas.join(room);
      annas.sayAndAwaitAck(room, "Nothing to do with anybody");
      String turn = annas.sayAndAwaitAck(room, "@" + ben.name() + " look at this");
      bens.awaitFrame("the message", frame -> frame.messageId().equals(turn), V1Client.PATIENCE);
      assertCounts(2, 1);
      JsonNode message = suite.history(ben, room).byId().get(turn);
      assertThat(message.path("mentions").toString()).contains(ben.id());

      bens.send("mark_read", Map.of("conversation_id", room, "seq", message.path("seq").asLong()));
      bens.awaitFrame(
          "nothing unread",
          frame ->
              frame.data().path("my").path("mentions").asInt(-1) == 0
                  && frame.data().path("my").path("unread").asInt(-1) == 0,
          V1Client.PATIENCE);
      assertCounts(0, 0);
      annas.awaitFrame("a receipt", frame -> frame.is("read_receipt"), V1Client.PATIENCE);
    }
  }

  private void assertCounts(int unread, int mentions) {
    JsonNode my = Rest.json(suite.rest().as(ben).get(path(""))).path("my");
    assertThat(my.path("unread").asInt()).isEqualTo(unread);
    assertThat(my.path("mentions").asInt()).isEqualTo(mentions);
  }

  @Test
  void a_reaction_stands_once_for_each_and_can_be_taken_back() {
    try (V1Client annas = suite.connect(suite.gatewayA(), anna);
        V1Client bens = suite.connect(suite.gatewayB(), ben)) {
      annas.join(room);
      bens.join(room);
      String turn = annas.sayAndAwaitAck(room, "A good word");
      react(annas, turn, true);
      react(bens, turn, true);
      react(bens, turn, true);
      awaitHearts(annas, turn, 2);
      awaitHearts(bens, turn, 2);
      react(annas, turn, false);
      awaitHearts(bens, turn, 1);

      JsonNode stored = Delivered.asReadBy(suite, ben).to(annas, bens).check(room).byId().get(turn);
      assertThat(stored.path("reactions")).hasSize(1);
      assertThat(stored.at("/reactions/0/user_ids/0").asText()).isEqualTo(ben.id());
    }
  }

  private void react(V1Client client, String messageId, boolean on) {
    Frame answer =
        client.awaitAnswer(
            client.send(
                "react",
                Map.of(
                    "conversation_id", room, "message_id", messageId, "emoji", HEART, "on", on)));
    assertThat(answer.is("error")).as("%s", answer).isFalse();
  }

  private static void awaitHearts(V1Client client, String messageId, int count) {
    client.awaitFrame(
        count + " reactions",
        frame ->
            frame.is("message_updated")
                && frame.messageId().equals(messageId)
                && frame.message().at("/reactions/0/count").asInt() == count,
        V1Client.PATIENCE);
  }

  @Test
  void an_assistant_that_is_a_member_answers_when_it_is_addressed() {
    String gardener =
        Rest.json(suite.rest().as(anna).body(Map.of("name", "Quince")).post("/api/v1/assistants"))
            .path("id")
            .asText();
    post(anna, "/assistants", Map.of("assistant_id", gardener)).then().statusCode(201);
    try (V1Client annas = suite.connect(suite.gatewayA(), anna);
        V1Client bens = suite.connect(suite.gatewayB(), ben)) {
      annas.join(room);
      bens.join(room);
      String toNobody = bens.sayAndAwaitAck(room, "Nice weather");
      for (String call : List.of("@Quince when do roses bloom?", "hey AI, and tulips?")) {
        Frame end = annas.awaitReplyEnd(bens.sayAndAwaitAck(room, call), ANSWERED);
        assertThat(end.message().path("sender_id").asText()).isEqualTo(gardener);
        assertThat(end.message().path("sender_name").asText()).isEqualTo("Quince");
      }
      assertThat(suite.history(anna, room).repliesTo(toNobody)).isEmpty();
      suite.rest().as(anna).delete(path("/assistants/" + gardener)).then().statusCode(204);
      String later = bens.sayAndAwaitAck(room, "@Quince are you there?");
      String last = bens.sayAndAwaitAck(room, "hey AI, who is there?");
      assertThat(annas.awaitReplyEnd(last, ANSWERED).message().path("sender_id").asText())
          .isNotEqualTo(gardener);

      assertThat(Delivered.asReadBy(suite, ben).to(annas, bens).check(room).repliesTo(later))
          .isEmpty();
    }
  }
}

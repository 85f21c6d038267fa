package dev.confab.systemtests.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.client.Frame;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.V1Client;
import dev.confab.systemtests.suite.DemoLlm;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The AI answers for a member who is away, and never for one who is there. */
@SystemTest
@Tag("room")
@Order(300)
class StandInIT {
  private static final Duration ANSWERED = Duration.ofSeconds(20);

  private final Suite suite;

  StandInIT(Suite suite) {
    this.suite = suite;
  }

  private Couple meet(Person... more) {
    return Couple.meet(suite, suite.gatewayA(), suite.gatewayB(), more);
  }

  private static void assertOnBehalf(JsonNode reply, Person member) {
    assertThat(reply.path("on_behalf_of").asText()).isEqualTo(member.id());
    assertThat(reply.path("message_type").asText()).isEqualTo("assistant");
    assertThat(reply.path("kind").asText()).isEqualTo("ai_response");
  }

  @Test
  void who_is_away_is_answered_for_live_at_another_gateway() {
    Person carol = suite.newPerson();
    try (Couple room = meet(carol)) {
      room.benGoes();
      String turn = room.annas().sayAndAwaitAck(room.room(), "hey AI, where is everybody?");
      Frame start = room.annas().awaitReplyStart(turn);
      Frame end = room.annas().awaitReplyEnd(turn, ANSWERED);

      assertThat(start.data().path("on_behalf_of").asText()).isEqualTo(room.ben().id());
      assertThat(end.type()).isEqualTo("stream_complete");
      assertOnBehalf(end.message(), room.ben());
      assertThat(end.message().path("status").asText()).isEqualTo("complete");
      assertThat(room.annas().awaitText(end.messageId()).data().path("content").asText())
          .isNotEmpty();
      assertThat(suite.demoLlm().newestPromptEndingWith("where is").toString())
          .contains("on holiday")
          .contains("where is everybody?");
      room.check();
    }
  }

  @Test
  void a_name_calls_for_its_own_stand_in_and_others_keep_silent() {
    Person carol = suite.newPerson();
    try (Couple room = meet(carol)) {
      room.benGoes();
      String toCarol = room.annas().sayAndAwaitAck(room.room(), "@" + carol.name() + " hello?");
      String toBen =
          room.annas().sayAndAwaitAck(room.room(), "@" + room.ben().name() + " are you there?");
      assertOnBehalf(room.annas().awaitReplyEnd(toBen, ANSWERED).message(), room.ben());

      assertThat(room.check().repliesTo(toCarol)).isEmpty();
    }
  }

  @Test
  void in_a_room_of_two_any_message_is_addressed() {
    try (Couple room = meet()) {
      room.benGoes();
      String turn = room.annas().sayAndAwaitAck(room.room(), "Shall we meet at noon?");

      assertOnBehalf(room.annas().awaitReplyEnd(turn, ANSWERED).message(), room.ben());
      room.check();
    }
  }

  @Test
  void who_is_there_answers_for_themselves() {
    try (Couple room = meet()) {
      for (String call : List.of("@" + room.ben().name() + " are you there?", "hey AI, is he?")) {
        room.annas().sayAndAwaitAck(room.room(), call);
      }

      room.assertSilence();
    }
  }

  @Test
  void who_returns_within_the_grace_answers_for_themselves() {
    try (Couple room = meet()) {
      room.benGoes();
      room.annas().sayAndAwaitAck(room.room(), "Ben?");
      room.benComes();

      room.assertSilence();
    }
  }

  @Test
  void who_returns_amid_the_reply_ends_it_and_is_told_what_was_said() {
    try (Couple room = meet()) {
      room.benGoes();
      suite.demoLlm().pace(5, 200);
      String turn = room.annas().sayAndAwaitAck(room.room(), DemoLlm.STORY);
      Frame start = room.annas().awaitReplyStart(turn);
      room.annas().awaitText(start.messageId());

      V1Client bens = room.benComes();

      Frame end = room.annas().awaitReplyEnd(turn, Duration.ofSeconds(10));
      assertOnBehalf(end.message(), room.ben());
      assertThat(end.message().path("status").asText()).isEqualTo("stopped");
      assertThat(end.data().path("finish_reason").asText()).isEqualTo("stopped");
      assertThat(end.message().path("content").asText()).isNotBlank();
      bens.awaitFrame("a digest", frame -> frame.is("stand_in_digest"), Duration.ofSeconds(10));
      assertThat(room.digest().toString()).contains(end.messageId());
      correct(room, end.messageId());
      room.check();
    }
  }

  private void correct(Couple room, String messageId) {
    String path = "/api/v1/conversations/" + room.room() + "/stand-in/" + messageId + "/correct";
    Map<String, String> body = Map.of("content", "No, at one.");
    assertThat(suite.rest().as(room.anna()).body(body).post(path).statusCode()).isIn(403, 404);
    assertThat(suite.rest().as(room.ben()).body(body).post(path).statusCode()).isBetween(200, 201);
    room.annas()
        .awaitFrame(
            "the correction",
            frame -> frame.message().path("content").asText().equals("No, at one."),
            V1Client.PATIENCE);
  }

  @Test
  void without_it_nobody_is_answered_for_and_all_see_who_has_it() {
    try (Couple room = meet()) {
      assertThat(standsIn(room)).isTrue();
      room.benWishes(Map.of("ai_stand_in", false));
      assertThat(standsIn(room)).isFalse();
      room.benGoes();
      room.annas().sayAndAwaitAck(room.room(), "@" + room.ben().name() + " are you there?");

      room.assertSilence();
    }
  }

  private static boolean standsIn(Couple room) {
    for (JsonNode each : room.history().conversation().path("participants")) {
      if (each.path("user_id").asText().equals(room.ben().id())) {
        return each.path("ai_stand_in").asBoolean();
      }
    }
    throw new AssertionError("Ben is not in the room");
  }

  @Test
  void two_stand_ins_do_not_talk_with_each_other() {
    Person carol = suite.newPerson();
    try (Couple room = meet(carol)) {
      suite
          .rest()
          .as(carol)
          .body(Map.of("ai_stand_in", true))
          .patch("/api/v1/conversations/" + room.room() + "/participants/me")
          .then()
          .statusCode(200);
      room.benGoes();
      String turn =
          room.annas()
              .sayAndAwaitAck(room.room(), "@" + room.ben().name() + " ask @" + carol.name());
      room.annas().awaitReplyEnd(turn, ANSWERED);
      String last = room.annas().sayAndAwaitAck(room.room(), "hey AI, was that all?");
      room.annas().awaitReplyEnd(last, ANSWERED);

      List<JsonNode> said = room.check().messages();
      assertThat(said).filteredOn(m -> !m.path("message_type").asText().equals("user")).hasSize(2);
    }
  }
}

package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.Api.Person;
import dev.confab.contracts.chat.Actor;
import dev.confab.contracts.chat.HandOverAction;
import dev.confab.contracts.chat.Message;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestTokens.class)
class OperatorsRightIT extends SupportJourney {
  @Test
  void aVisitorReachesNoMoreThanTheirPart() {
    String dialog = dialogs.open(ada);
    Person stranger = Person.any("Eve");

    for (HandOverAction action :
        List.of(HandOverAction.CLAIM, HandOverAction.RELEASE, HandOverAction.HAND_BACK)) {
      assertThat(apply(Dialogs.hand(visitor, dialog, action)).path("code").asText())
          .isEqualTo("FORBIDDEN");
      assertThat(apply(Dialogs.hand(stranger.actor(), dialog, action)).path("code").asText())
          .isEqualTo("NOT_FOUND");
    }
    assertThat(
            apply(Dialogs.hand(visitor, dialog, HandOverAction.CLOSE))
                .at("/message/handoff/reason")
                .asText())
        .isEqualTo("closed");
  }

  @Test
  void onlyOperatorsOfTheSiteMayAct() {
    String dialog = dialogs.open(ada, dialogs.site(null, linus));
    String notes = dialogs.backstage(dialogs.site(null, linus));
    Actor admin = new Actor(UUID.randomUUID().toString(), "Root", Set.of("admin"));

    assertThat(say(operator, dialog, "g1", "Hello").path("code").asText()).isEqualTo("NOT_FOUND");
    assertThat(say(operator, notes, "g1", "Hello").path("code").asText()).isEqualTo("NOT_FOUND");
    assertThat(say(other, notes, "l1", "Note").at("/message/message_type").asText())
        .isEqualTo("operator");
    assertThat(apply(Dialogs.hand(other, dialog, HandOverAction.CLAIM)).path("type").asText())
        .isEqualTo("owner_changed");
    assertThat(
            apply(Dialogs.hand(other, dialog, HandOverAction.TRANSFER, grace))
                .path("field")
                .asText())
        .isEqualTo("user_id");
    assertThat(api.changes(dialog, "user_id=" + grace.id() + "&role=operator").member()).isFalse();
    assertThat(api.changes(dialog, "user_id=" + admin.userId() + "&role=admin").member()).isTrue();
    assertThat(api.changes(notes, "user_id=" + ada.id()).member()).isFalse();
    assertThat(apply(Dialogs.hand(admin, dialog, HandOverAction.RELEASE)).path("type").asText())
        .isEqualTo("owner_changed");
  }

  @Test
  void overRestItWaitsForTheFence() {
    String dialog = dialogs.open(ada);
    answering(dialog, "tell me a story");
    String path = "/api/v1/support/dialogs/" + dialog;

    var claimed = rest(grace, "operator", path + "/claim", "{}");
    var conflict = rest(linus, "operator", path + "/claim", "{}");
    var message =
        rest(
            grace,
            "operator",
            "/api/v1/conversations/" + dialog + "/messages",
            "{\"content\":\"Hello\"}");
    var released = rest(grace, "operator", path + "/release", "{\"to\":\"assistant\"}");
    var foreign = rest(Person.any("Eve"), "visitor", path + "/handoff", "{}");
    var forbidden = rest(ada, "visitor", path + "/claim", "{}");
    var asked = rest(ada, "visitor", path + "/handoff", "{\"reason\":\"please\"}");

    claimed.then().statusCode(200);
    assertThat(claimed.jsonPath().getString("operator_id")).isEqualTo(grace.id().toString());
    conflict.then().statusCode(409);
    assertThat(conflict.jsonPath().getString("code")).isEqualTo("CONFLICT");
    assertThat(conflict.jsonPath().getString("detail")).contains("Grace");
    message.then().statusCode(201);
    assertThat(message.jsonPath().getString("message_type")).isEqualTo("operator");
    assertThat(released.jsonPath().getString("owner")).isEqualTo("assistant");
    foreign.then().statusCode(404);
    forbidden.then().statusCode(403);
    assertThat(asked.jsonPath().getString("owner")).isEqualTo("waiting");
  }

  private Response rest(Person person, String role, String path, String body) {
    return RestAssured.given()
        .auth()
        .oauth2(person.token(role))
        .contentType("application/json")
        .body(body)
        .post(path);
  }

  @Test
  void aMessageOverRestClaimsAmidAReply() {
    String dialog = dialogs.open(ada);
    answering(dialog, "tell me a story");

    var sent =
        rest(
            grace,
            "operator",
            "/api/v1/conversations/" + dialog + "/messages",
            "{\"content\":\"Hello\"}");

    sent.then().statusCode(201);
    assertThat(sent.jsonPath().getString("message_type")).isEqualTo("operator");
    assertThat(sent.jsonPath().getLong("seq")).isEqualTo(owned(dialog, "operator").seq() + 1);
    List<Message> stored = api.changes(dialog, "after_seq=0").messages();
    assertThat(stored)
        .extracting(Message::kind)
        .containsExactly("text", "ai_response", "handoff", "text");
  }
}

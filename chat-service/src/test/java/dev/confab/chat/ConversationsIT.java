package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.Api.Person;
import dev.confab.contracts.chat.Conversation;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestTokens.class)
class ConversationsIT {
  private static final String PATH = "/api/v1/conversations";

  @Inject ObjectMapper json;

  private final Person ada = Person.any("Ada");
  private final Person bob = Person.any("Bob");
  private final Person eve = Person.any("Eve");
  private Api api;

  @BeforeEach
  void connect() {
    api = new Api(json);
  }

  @Test
  void aConversationIsMadeListedAndSeenByItsParticipantsOnly() {
    String room = api.create(ada, "room", bob);
    String chat = api.create(ada, "assistant");
    api.commands(Api.say(bob, room, "m1", "news"));

    // The order follows what happens within a second.
    await()
        .untilAsserted(
            () ->
                api.as(ada, "GET", PATH + "?limit=1", null)
                    .then()
                    .body("items.id", contains(room)));
    api.as(ada, "GET", PATH + "?limit=1", null)
        .then()
        .statusCode(200)
        .body("items[0].my.unread", is(1))
        .body("items[0].last_message_preview", is("news"))
        .body("items[0].participant_count", is(2))
        .body("items[0].is_active", is(true))
        .body("next_cursor", notNullValue());
    String cursor = api.as(ada, "GET", PATH + "?limit=1", null).path("next_cursor");
    api.as(ada, "GET", PATH + "?limit=1&cursor=" + cursor, null)
        .then()
        .body("items.id", contains(chat))
        .body("items[0].owner", is("assistant"))
        .body("next_cursor", nullValue());
    api.as(eve, "GET", PATH + "/" + room, null)
        .then()
        .statusCode(404)
        .body("code", is("NOT_FOUND"));
    api.as(eve, "GET", PATH + "/" + room + "/messages", null).then().statusCode(404);
    api.as(eve, "DELETE", PATH + "/" + room, null).then().statusCode(404);
    api.as(bob, "DELETE", PATH + "/" + room, null).then().statusCode(403);
  }

  @Test
  void badRequestsAreProblemsThatNameTheField() {
    api.as(ada, "POST", PATH, Map.of("kind", "party"))
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", is("INVALID_VALUE"))
        .body("field", is("kind"));
    api.as(ada, "POST", PATH, Map.of("kind", "room", "participants", List.of("bob")))
        .then()
        .statusCode(400)
        .body("field", is("participants"));
    api.as(ada, "POST", PATH, "{\"kind\":")
        .then()
        .statusCode(400)
        .body("code", is("INVALID_FRAME"));
    api.as(ada, "POST", PATH, "{\"kind\":{}}").then().statusCode(400).body("field", is("kind"));
    api.as(ada, "GET", PATH + "?cursor=x", null).then().statusCode(400).body("field", is("cursor"));
    api.as(ada, "PUT", PATH, "{}").then().statusCode(405).body("status", is(405));
    api.as(ada, "GET", "/api/v1/nothing", null).then().statusCode(404);
    RestAssured.given().get(PATH).then().statusCode(401).body("code", is("AUTH_REQUIRED"));
    RestAssured.given()
        .auth()
        .oauth2(ada.token())
        .contentType("text/plain")
        .body("x")
        .post(PATH)
        .then()
        .statusCode(415)
        .contentType("application/problem+json");
  }

  @Test
  void titleAndSettingsAreTheHostsPinsAreOnesOwn() {
    String room = api.create(ada, "room", bob);

    api.as(
            ada,
            "PATCH",
            PATH + "/" + room,
            Map.of("title", "Team", "settings", Map.of("temperature", 0.5, "max_tokens", 10)))
        .then()
        .statusCode(200)
        .body("title", is("Team"))
        .body("settings.max_tokens", is(10))
        .body("last_seq", is(2));
    api.as(ada, "PATCH", PATH + "/" + room, "{\"settings\":{\"temperature\":null}}")
        .then()
        .body("settings.temperature", nullValue())
        .body("settings.max_tokens", is(10))
        .body("last_seq", is(3));
    api.as(ada, "PATCH", PATH + "/" + room, "{\"settings\":{\"temperature\":3}}")
        .then()
        .statusCode(400)
        .body("field", is("settings.temperature"));
    api.as(bob, "PATCH", PATH + "/" + room, Map.of("title", "Mine")).then().statusCode(403);
    api.as(bob, "PATCH", PATH + "/" + room, Map.of("pinned", true))
        .then()
        .statusCode(200)
        .body("my.pinned", is(true))
        .body("last_seq", is(3));
    api.as(ada, "GET", PATH + "/" + room, null).then().body("my.pinned", is(false));
  }

  @Test
  void participantsJoinAndLeave() {
    String room = api.create(ada, "room");
    String participants = PATH + "/" + room + "/participants";

    api.as(ada, "POST", participants, Map.of("user_id", bob.id().toString(), "name", "Bob"))
        .then()
        .statusCode(201)
        .body("role", is("member"));
    api.as(bob, "POST", participants, Map.of("user_id", eve.id().toString()))
        .then()
        .statusCode(403);
    api.as(bob, "GET", participants, null).then().body("items", hasSize(2));
    api.as(ada, "DELETE", participants + "/me", null).then().statusCode(204);
    api.as(ada, "GET", PATH + "/" + room, null).then().statusCode(404);
    api.as(bob, "GET", PATH + "/" + room, null)
        .then()
        .body("participants.role", contains("host"))
        .body("last_seq", is(3));
  }

  @Test
  void aBigRoomListsNobody() {
    List<Person> many = new ArrayList<>();
    for (int i = 0; i < Conversation.LISTED_PARTICIPANTS; i++) {
      many.add(Person.any("P" + i));
    }
    String room = api.create(ada, "room", many.toArray(Person[]::new));

    api.as(many.get(7), "GET", PATH + "/" + room, null)
        .then()
        .body("participants", nullValue())
        .body("participant_count", is(Conversation.LISTED_PARTICIPANTS + 1));
    var outcome = api.commands(Api.say(many.get(3), room, "m1", "hello")).get(0);
    assertThat(outcome.path("type").asText()).isEqualTo("message_added");
    assertThat(outcome.has("participants")).isFalse();
    assertThat(api.commands(Api.say(eve, room, "m1", "hi")).get(0).path("code").asText())
        .isEqualTo("NOT_FOUND");
  }

  @Test
  void messagesAreSentAndReadOverRest() {
    String room = api.create(ada, "room");
    String messages = PATH + "/" + room + "/messages";
    for (int i = 1; i <= 5; i++) {
      api.as(ada, "POST", messages, Map.of("content", "text " + i)).then().statusCode(201);
    }
    String key = UUID.randomUUID().toString();
    String first = sendWithKey(messages, key);

    assertThat(sendWithKey(messages, key)).isEqualTo(first);
    api.as(ada, "GET", messages + "?limit=2", null).then().body("items.seq", contains(6, 7));
    api.as(ada, "GET", messages + "?after_seq=2&limit=2", null)
        .then()
        .body("items.seq", contains(3, 4));
    api.as(ada, "GET", messages + "?before_seq=4&limit=2", null)
        .then()
        .body("items.seq", contains(2, 3));
    api.as(ada, "POST", messages, Map.of("content", " "))
        .then()
        .statusCode(400)
        .body("code", is("EMPTY_MESSAGE"));
    api.as(ada, "DELETE", PATH + "/" + room, null).then().statusCode(204);
    api.as(ada, "POST", messages, Map.of("content", "late"))
        .then()
        .statusCode(409)
        .body("code", is("CONVERSATION_CLOSED"));
    api.as(ada, "GET", PATH, null).then().body("items", hasSize(0));
  }

  private String sendWithKey(String messages, String key) {
    return RestAssured.given()
        .auth()
        .oauth2(ada.token())
        .header("Idempotency-Key", key)
        .contentType("application/json")
        .body(Map.of("content", "once"))
        .post(messages)
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }
}

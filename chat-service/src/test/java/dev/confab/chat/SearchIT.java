package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.Api.Person;
import dev.confab.contracts.chat.ChatCommand.DeleteMessage;
import dev.confab.contracts.chat.ChatCommand.EditMessage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Search in one's own conversations, and the lists that the indexer keeps in order. */
@QuarkusTest
@QuarkusTestResource(TestTokens.class)
class SearchIT {
  private static final String PATH = "/api/v1/conversations/";
  private static final String SEARCH = "/api/v1/search?q=";

  @Inject ObjectMapper json;

  private final Person ada = Person.any("Ada");
  private final Person bob = Person.any("Bob");
  private final Person eve = Person.any("Eve");
  private Api api;

  @BeforeEach
  void connect() {
    api = new Api(json);
  }

  private String say(Person who, String room, String content) {
    return api.as(who, "POST", PATH + room + "/messages", Map.of("content", content)).path("id");
  }

  private void awaitHits(Person who, String query, int hits) {
    await().untilAsserted(() -> found(who, query).then().body("items", hasSize(hits)));
  }

  private Response found(Person who, String query) {
    return RestAssured.given()
        .auth()
        .oauth2(who.token())
        .queryParam("q", query)
        .get("/api/v1/search");
  }

  @Test
  void hitsAreMarkedAndTheRestIsEscaped() {
    String room = api.create(ada, "room", bob);
    api.as(ada, "PATCH", PATH + room, Map.of("title", "Garden"));
    String id = say(ada, room, "A <b>Tomato</b> & a tomato plant");
    say(ada, room, "nothing here");

    awaitHits(bob, "tomato", 1);

    found(bob, "tomato")
        .then()
        .statusCode(200)
        .body("items[0].conversation_id", is(room))
        .body("items[0].title", is("Garden"))
        .body("items[0].message_id", is(id))
        .body("items[0].seq", is(3))
        .body("items[0].message_type", is("user"))
        .body("items[0].sender_name", is("Ada"))
        .body("items[0].created_at", notNullValue())
        .body(
            "items[0].snippet",
            is("A &lt;b&gt;<mark>Tomato</mark>&lt;/b&gt; &amp; a <mark>tomato</mark> plant"))
        .body("next_cursor", nullValue());
    found(ada, "tomato -plant").then().body("items", hasSize(0));
    found(ada, "\"a tomato plant\"").then().body("items", hasSize(1));
    found(ada, "\"plant tomato\"").then().body("items", hasSize(0));
    for (String bad : List.of(" ", "-tomato", "!!!", "x".repeat(201))) {
      found(ada, bad).then().statusCode(400).body("field", is("q"));
    }
  }

  @Test
  void nobodyFindsWhatIsNotTheirs() {
    String room = api.create(ada, "room", bob);
    say(ada, room, "the secret zebra");
    awaitHits(ada, "zebra", 1);

    found(eve, "zebra").then().statusCode(200).body("items", hasSize(0));
    api.as(eve, "GET", SEARCH + "zebra&conversation_id=" + room, null).then().statusCode(404);
    api.as(ada, "GET", SEARCH + "zebra&conversation_id=" + room, null)
        .then()
        .body("items", hasSize(1));
    api.as(ada, "GET", "/internal/search?q=zebra&user_id=" + ada.id(), null).then().statusCode(403);
    for (Person each : List.of(ada, eve)) {
      RestAssured.given()
          .auth()
          .oauth2(TestTokens.service())
          .get("/internal/search?q=zebra&user_id=" + each.id())
          .then()
          .statusCode(200)
          .body("items", hasSize(each == ada ? 1 : 0));
    }
    api.as(ada, "DELETE", PATH + room + "/participants/" + bob.id(), null).then().statusCode(204);
    found(bob, "zebra").then().body("items", hasSize(0));
    api.as(ada, "POST", PATH + room + "/participants", Map.of("user_id", eve.id().toString()));
    awaitHits(eve, "zebra", 1);
    api.as(ada, "DELETE", PATH + room, null).then().statusCode(204);
    found(ada, "zebra").then().body("items", hasSize(0));
  }

  @Test
  void editedAndDeletedMessagesAreFoundAsTheyStand() {
    String room = api.create(ada, "assistant");
    String id = say(ada, room, "an apple");
    awaitHits(ada, "apple", 1);

    api.commands(new EditMessage("edit-1", room, ada.actor(), Api.ORIGIN, id, "a pear"));
    awaitHits(ada, "pear", 1);
    found(ada, "apple").then().body("items", hasSize(0));
    api.commands(new DeleteMessage("delete-1", room, ada.actor(), Api.ORIGIN, id));
    found(ada, "pear").then().body("items", hasSize(0));
  }

  @Test
  void aWideRoomIsSearchedByItsMembersToo() {
    List<Person> many = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      many.add(Person.any("P" + i));
    }
    String room = api.create(ada, "room", many.toArray(Person[]::new));
    say(ada, room, "a walrus for all");

    awaitHits(many.get(7), "walrus", 1);
    found(eve, "walrus").then().body("items", hasSize(0));
  }

  @Test
  void pagesGoOnWhereTheLastOneEnded() {
    String room = api.create(ada, "room");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      ids.add(0, say(ada, room, "kiwi " + i));
    }
    awaitHits(ada, "kiwi", 7);

    for (String where : List.of("", "&conversation_id=" + room)) {
      List<String> seen = new ArrayList<>();
      String next = "";
      while (next != null) {
        var page = api.as(ada, "GET", SEARCH + "kiwi&limit=3" + where + "&cursor=" + next, null);
        seen.addAll(page.path("items.message_id"));
        next = page.path("next_cursor");
      }
      assertThat(seen).isEqualTo(ids);
    }
    api.as(ada, "GET", SEARCH + "kiwi&cursor=x", null)
        .then()
        .statusCode(400)
        .body("field", is("cursor"));
  }

  @Test
  void listsAreByStateKindAndTitle() {
    String room = api.create(ada, "room", bob);
    String chat = api.create(ada, "assistant");
    String gone = api.create(ada, "room", bob);
    api.as(ada, "PATCH", PATH + room, Map.of("title", "50%_off Sale"));
    api.as(ada, "DELETE", PATH + gone, null).then().statusCode(204);
    api.as(ada, "PATCH", PATH + chat, Map.of("archived", true)).then().statusCode(200);

    assertListed("", room);
    assertListed("?state=archived", chat);
    assertListed("?state=deleted", gone);
    assertListed("?kind=room", room);
    assertListed("?kind=assistant");
    assertListed("?q=%_OFF", room);
    assertListed("?q=5_%");
    api.as(bob, "GET", PATH, null).then().body("items.id", contains(room));
    api.as(ada, "GET", PATH + "?state=lost", null)
        .then()
        .statusCode(400)
        .body("field", is("state"));
    api.as(bob, "POST", PATH + gone + "/restore", null).then().statusCode(403);
    api.as(ada, "POST", PATH + gone + "/restore", null)
        .then()
        .statusCode(200)
        .body("is_active", is(true));
    api.as(ada, "PATCH", PATH + chat, Map.of("archived", false)).then().statusCode(200);
    api.as(ada, "GET", PATH, null).then().body("items.id", containsInAnyOrder(room, chat, gone));
    say(bob, room, "news");
    await()
        .untilAsserted(
            () ->
                api.as(ada, "GET", PATH + "?limit=1", null)
                    .then()
                    .body("items.id", contains(room)));
  }

  private void assertListed(String query, String... ids) {
    api.as(ada, "GET", PATH + query, null)
        .then()
        .statusCode(200)
        .body("items.id", ids.length == 0 ? is(List.of()) : contains(ids));
  }
}

package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.Api.Person;
import dev.confab.contracts.Topics;
import dev.confab.contracts.chat.ChatEvent;
import dev.confab.contracts.chat.ChatEvent.ConversationChanged;
import dev.confab.contracts.chat.Conversation;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How people get into rooms, what they may there, and how they leave. */
@QuarkusTest
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(value = AccountServer.class, restrictToAnnotatedClass = true)
class RoomMembersIT {
  private static final String PATH = "/api/v1/conversations/";
  private static final String LINKS = "/api/v1/invitations/";

  @Inject ObjectMapper json;
  @Inject ChatConfig config;
  @Inject AgroalDataSource dataSource;

  private final Person ada = Person.any("Ada");
  private final Person bob = Person.any("Bob");
  private final Person eve = Person.any("Eve");
  private Api api;
  private String room;

  @BeforeEach
  void connect() {
    api = new Api(json);
    room = api.create(ada, "room", bob);
  }

  private Response link(Map<String, ?> asked) {
    return api.as(ada, "POST", PATH + room + "/invitations", asked);
  }

  private String token(Map<String, ?> asked) {
    return link(asked).then().statusCode(201).extract().path("token");
  }

  private Response accept(Person person, String token) {
    return api.as(person, "POST", LINKS + token + "/accept", null);
  }

  private void database(String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  @Test
  void peopleAreCalledAsTheirAccountSaysBeforeTheyAct() {
    api.as(ada, "GET", PATH + room, null)
        .then()
        .body("participants.name", containsInAnyOrder("Ada", AccountServer.nameOf(bob.id())));
    api.as(ada, "POST", PATH + room + "/participants", Map.of("user_id", eve.id().toString()))
        .then()
        .statusCode(201)
        .body("name", is(AccountServer.nameOf(eve.id())));
  }

  @Test
  void aHostInvitesByUserName() {
    String path = PATH + room + "/invitations";
    UUID zoe = AccountServer.idOf("zoe");

    api.as(ada, "POST", path, Map.of("username", "zoe"))
        .then()
        .statusCode(201)
        .body("user_id", is(zoe.toString()))
        .body("role", is("member"));
    api.as(ada, "POST", path, Map.of("username", "zoe")).then().statusCode(201);
    api.as(ada, "GET", PATH + room, null).then().body("participant_count", is(3));
    api.as(new Person(zoe, "Zoe"), "GET", PATH + room, null)
        .then()
        .statusCode(200)
        .body("my.unread", is(0));
    api.as(ada, "POST", path, Map.of("username", "nobody"))
        .then()
        .statusCode(404)
        .body("field", is("username"));
    api.as(bob, "POST", path, Map.of("username", "zoe")).then().statusCode(403);
    api.as(eve, "POST", path, Map.of("username", "zoe")).then().statusCode(404);
    String chat = api.create(ada, "assistant");
    api.as(ada, "POST", PATH + chat + "/invitations", Map.of("username", "zoe"))
        .then()
        .statusCode(409);
  }

  @Test
  void aLinkLetsItsHolderIn() {
    api.as(ada, "PATCH", PATH + room, Map.of("title", "Team")).then().statusCode(200);
    Response made = link(Map.of());
    made.then()
        .statusCode(201)
        .body("url", is(LINKS + made.path("token")))
        .body("expires_at", notNullValue())
        .body("max_uses", nullValue());
    String token = made.path("token");
    assertThat(token).hasSizeGreaterThan(40);

    Map<String, Object> preview = api.as(eve, "GET", LINKS + token, null).jsonPath().getMap("");
    assertThat(preview).isEqualTo(Map.of("title", "Team", "participant_count", 2));
    accept(eve, token).then().statusCode(200).body("id", is(room)).body("my.unread", is(0));
    accept(eve, token).then().statusCode(200);
    accept(bob, token).then().statusCode(200);
    api.as(eve, "GET", PATH + room, null).then().body("participant_count", is(3));
    api.as(ada, "GET", PATH + room + "/invitations", null)
        .then()
        .body("items", hasSize(1))
        .body("items[0].uses", is(1))
        .body("items[0].token", nullValue());
    api.as(bob, "GET", PATH + room + "/invitations", null).then().statusCode(403);
  }

  @Test
  void whatIsNoLongerGoodIsNotFound() throws SQLException {
    String once = token(Map.of("max_uses", 1));
    accept(eve, once).then().statusCode(200);
    accept(Person.any("Late"), once).then().statusCode(404).body("code", is("NOT_FOUND"));
    api.as(bob, "GET", LINKS + once, null).then().statusCode(404);

    Response revoked = link(Map.of());
    String path = PATH + room + "/invitations/" + revoked.path("id");
    api.as(bob, "DELETE", path, null).then().statusCode(403);
    api.as(Person.any("X"), "DELETE", path, null).then().statusCode(404);
    api.as(ada, "DELETE", path, null).then().statusCode(204);
    api.as(ada, "DELETE", path, null).then().statusCode(404);
    accept(Person.any("Late"), revoked.path("token")).then().statusCode(404);

    Response expired = link(Map.of("expires_in_seconds", 60));
    database(
        "UPDATE invitations SET expires_at = now() - interval '1 second' WHERE id = '"
            + expired.path("id")
            + "'");
    accept(Person.any("Late"), expired.path("token")).then().statusCode(404);
    api.as(ada, "GET", PATH + room + "/invitations", null).then().body("items", empty());
    accept(Person.any("Late"), "guessed").then().statusCode(404);
    link(Map.of("expires_in_seconds", 5)).then().statusCode(400);
    link(Map.of("max_uses", 0)).then().statusCode(400).body("field", is("max_uses"));

    String closed = token(Map.of());
    api.as(ada, "DELETE", PATH + room, null).then().statusCode(204);
    accept(Person.any("Late"), closed).then().statusCode(404);
  }

  @Test
  void ofManyAtOnceAsManyComeInAsTheLinkIsGoodFor() throws Exception {
    String token = token(Map.of("max_uses", 5));
    List<Future<Integer>> answers = new ArrayList<>();
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        Person person = Person.any("P" + i);
        answers.add(all.submit(() -> accept(person, token).statusCode()));
      }
    }
    assertThat(answers.stream().map(RoomMembersIT::value).filter(s -> s == 200)).hasSize(5);
    assertThat(answers.stream().map(RoomMembersIT::value).filter(s -> s == 404)).hasSize(15);
    api.as(ada, "GET", PATH + room, null).then().body("participant_count", is(7));
  }

  private static int value(Future<Integer> answer) {
    try {
      return answer.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aFullRoomTakesNobodyAndUsesNothing() throws SQLException {
    String token = token(Map.of("max_uses", 1));
    database("UPDATE conversations SET participant_count = 10000 WHERE id = '" + room + "'");
    accept(eve, token).then().statusCode(409).body("code", is("CONFLICT"));
    database("UPDATE conversations SET participant_count = 2 WHERE id = '" + room + "'");
    accept(eve, token).then().statusCode(200);
  }

  @Test
  void hostsGiveRolesAndOneStays() {
    String path = PATH + room + "/participants/";

    api.as(bob, "PATCH", path + bob.id(), Map.of("role", "host")).then().statusCode(403);
    api.as(eve, "PATCH", path + bob.id(), Map.of("role", "host")).then().statusCode(404);
    api.as(ada, "PATCH", path + eve.id(), Map.of("role", "host")).then().statusCode(404);
    api.as(ada, "PATCH", path + bob.id(), Map.of("role", "king"))
        .then()
        .statusCode(400)
        .body("field", is("role"));
    api.as(ada, "PATCH", path + "me", Map.of("role", "member"))
        .then()
        .statusCode(409)
        .body("code", is("CONFLICT"));
    api.as(ada, "PATCH", path + bob.id(), Map.of("role", "host"))
        .then()
        .statusCode(200)
        .body("role", is("host"));
    api.as(ada, "PATCH", path + "me", Map.of("role", "member")).then().statusCode(200);
    api.as(bob, "GET", PATH + room, null)
        .then()
        .body("participants.find { it.user_id == '" + bob.id() + "' }.role", is("host"))
        .body("participants.find { it.user_id == '" + ada.id() + "' }.role", is("member"))
        .body("last_seq", is(3));
    api.as(bob, "PATCH", PATH + room, Map.of("title", "Bob's")).then().statusCode(200);
    api.as(ada, "PATCH", PATH + room, Map.of("title", "Ada's")).then().statusCode(403);
  }

  @Test
  void whoIsRemovedIsToldAndHasNoAccess() {
    try (var events =
        new KafkaPeer<>(
            config.kafka().bootstrapServers(), Topics.CHAT_EVENTS, ChatEvent.class, json)) {
      String path = PATH + room + "/participants/";
      String message =
          api.as(bob, "POST", PATH + room + "/messages", Map.of("content", "x")).path("id");

      api.as(eve, "DELETE", path + bob.id(), null).then().statusCode(404);
      api.as(bob, "DELETE", path + ada.id(), null).then().statusCode(403);
      api.as(ada, "DELETE", path + bob.id(), null).then().statusCode(204);

      Awaitility.await()
          .until(
              () ->
                  events.seen().stream()
                      .filter(ConversationChanged.class::isInstance)
                      .map(ConversationChanged.class::cast)
                      .filter(c -> c.conversationId().equals(room) && c.removed() != null)
                      .anyMatch(c -> c.removed().contains(bob.id().toString())));
      api.as(bob, "GET", PATH + room, null).then().statusCode(404);
      api.as(bob, "GET", PATH + room + "/messages", null).then().statusCode(404);
      api.as(bob, "PUT", PATH + room + "/messages/" + message + "/reactions/👍", null)
          .then()
          .statusCode(404);
      assertThat(api.commands(Api.say(bob, room, null, "y")).get(0).path("code").asText())
          .isEqualTo("NOT_FOUND");
      assertThat(api.changes(room, "after_seq=0&user_id=" + bob.id()).messages()).isEmpty();
    }
  }

  @Test
  void inABigRoomTheLastHostPassesTheRoleOn() {
    List<Person> many = new ArrayList<>();
    for (int i = 0; i < Conversation.LISTED_PARTICIPANTS + 5; i++) {
      many.add(Person.any("P" + i));
    }
    String big = api.create(ada, "room", many.toArray(Person[]::new));
    api.as(ada, "PATCH", PATH + big + "/participants/me", Map.of("role", "member"))
        .then()
        .statusCode(409);
    api.as(ada, "DELETE", PATH + big + "/participants/me", null).then().statusCode(204);

    List<String> roles = new ArrayList<>();
    String cursor = null;
    do {
      Response page =
          api.as(
              many.get(0),
              "GET",
              PATH + big + "/participants?limit=200" + (cursor == null ? "" : "&cursor=" + cursor),
              null);
      roles.addAll(page.<List<String>>path("items.role"));
      cursor = page.path("next_cursor");
    } while (cursor != null);
    assertThat(roles).hasSize(many.size()).containsOnlyOnce("host");
  }

  @Test
  void aRenamedRoomIsCalledSoByAll() {
    api.as(ada, "PATCH", PATH + room, Map.of("title", "New")).then().statusCode(200);
    api.as(bob, "GET", PATH + room, null).then().body("title", is("New"));
    assertThat(api.changes(room, "").conversation().title()).isEqualTo("New");
  }
}

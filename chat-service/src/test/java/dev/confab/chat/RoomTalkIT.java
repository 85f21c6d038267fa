package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.Api.Person;
import dev.confab.contracts.chat.ChatCommand.DeleteMessage;
import dev.confab.contracts.chat.ChatCommand.EditMessage;
import dev.confab.contracts.chat.ChatCommand.MarkRead;
import dev.confab.contracts.chat.ChatCommand.React;
import dev.confab.contracts.chat.Conversation;
import dev.confab.contracts.chat.Message;
import dev.confab.contracts.chat.Reaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people say to each other in rooms: mentions, reactions, what is unread. */
@QuarkusTest
@QuarkusTestResource(TestTokens.class)
class RoomTalkIT {
  private static final String PATH = "/api/v1/conversations/";

  @Inject ObjectMapper json;

  private final Person ada = Person.any("Ada Love");
  private final Person bob = Person.any("Bob");
  private final Person cy = Person.any("Cy");
  private final Person eve = Person.any("Eve");
  private Api api;

  @BeforeEach
  void connect() {
    api = new Api(json);
  }

  private String room() {
    String room = api.create(ada, "room", bob, cy);
    // Names are known from whoever acts.
    api.commands(Api.say(bob, room, null, "hi"), Api.say(cy, room, null, "hi"));
    api.commands(mark(ada, room, 100), mark(bob, room, 100), mark(cy, room, 100));
    return room;
  }

  private JsonNode say(Person person, String room, String content) {
    return api.commands(Api.say(person, room, null, content)).get(0).path("message");
  }

  private static MarkRead mark(Person person, String room, long seq) {
    return new MarkRead(UUID.randomUUID().toString(), room, person.actor(), Api.ORIGIN, seq);
  }

  private static EditMessage edit(Person person, String room, String message, String content) {
    return new EditMessage(
        UUID.randomUUID().toString(), room, person.actor(), Api.ORIGIN, message, content);
  }

  private static DeleteMessage delete(Person person, String room, String message) {
    return new DeleteMessage(
        UUID.randomUUID().toString(), room, person.actor(), Api.ORIGIN, message);
  }

  private static React react(Person person, String room, String message, String emoji, boolean on) {
    return new React(
        UUID.randomUUID().toString(), room, person.actor(), Api.ORIGIN, message, emoji, on);
  }

  private void unread(Person person, String room, int messages, int mentions) {
    api.as(person, "GET", PATH + room, null)
        .then()
        .body("my.unread", is(messages))
        .body("my.mentions", is(mentions));
    var view = api.changes(room, "user_id=" + person.id()).my();
    assertThat(view.unread()).isEqualTo(messages);
    assertThat(view.mentions()).isEqualTo(mentions);
  }

  @Test
  void whoIsNamedIsToldAndCounts() {
    String room = room();
    JsonNode first = say(ada, room, "@bob and @CY, see this");
    say(cy, room, "nothing, @ada, `@bob`");

    assertThat(first.path("mentions").toString())
        .isEqualTo("[\"" + bob.id() + "\",\"" + cy.id() + "\"]");
    unread(ada, room, 1, 1);
    unread(bob, room, 2, 1);
    unread(cy, room, 1, 1);
    await()
        .untilAsserted(
            () ->
                api.as(bob, "GET", "/api/v1/conversations", null)
                    .then()
                    .body("items[0].my.mentions", is(1)));
    api.as(bob, "GET", PATH + room + "/messages?limit=2", null)
        .then()
        .body("items[0].mentions", hasSize(2))
        .body("items[1].mentions", contains(ada.id().toString()));

    JsonNode read = api.commands(mark(bob, room, first.path("seq").asLong())).get(0);
    assertThat(read.path("my").path("mentions").asInt()).isZero();
    assertThat(read.path("my").path("unread").asInt()).isEqualTo(1);
    unread(bob, room, 1, 0);
    unread(cy, room, 1, 1);
  }

  @Test
  void mentionsFollowEditsAndGoWithTheMessage() {
    String room = room();
    String message = say(ada, room, "@bob").path("id").asText();

    JsonNode edited = api.commands(edit(ada, room, message, "@cy")).get(0).path("message");
    assertThat(edited.path("mentions").toString()).isEqualTo("[\"" + cy.id() + "\"]");
    unread(bob, room, 1, 0);
    unread(cy, room, 1, 1);
    api.commands(delete(ada, room, message));
    unread(cy, room, 0, 0);
    assertThat(api.changes(room, "after_seq=0").messages().getLast().mentions()).isNull();
    assertThat(say(ada, room, "just talk").has("mentions")).isFalse();
  }

  @Test
  void inABigRoomWhoIsNamedIsFoundToo() {
    List<Person> many = new ArrayList<>();
    for (int i = 0; i < Conversation.LISTED_PARTICIPANTS; i++) {
      many.add(Person.any("P" + i));
    }
    String room = api.create(ada, "room", many.toArray(Person[]::new));
    Person named = many.get(7);
    say(named, room, "here");

    JsonNode message = say(ada, room, "hello @P7, and @nobody");
    assertThat(message.path("mentions").toString()).isEqualTo("[\"" + named.id() + "\"]");
    unread(named, room, 1, 1);
  }

  @Test
  void reactionsAreNumberedChangesThatAllSee() {
    String room = room();
    JsonNode said = say(ada, room, "done");
    String message = said.path("id").asText();

    React first = react(bob, room, message, "👍", true);
    JsonNode one = api.commands(first).get(0);
    assertThat(one.path("type").asText()).isEqualTo("message_changed");
    assertThat(one.path("seq").asLong()).isEqualTo(said.path("seq").asLong() + 1);
    assertThat(api.commands(first).get(0).path("seq").asLong()).isEqualTo(one.path("seq").asLong());
    assertThat(api.commands(react(bob, room, message, "👍", true)).get(0).path("seq").asLong())
        .isEqualTo(one.path("seq").asLong());
    api.as(cy, "PUT", PATH + room + "/messages/" + message + "/reactions/👍", null)
        .then()
        .statusCode(200)
        .body("reactions[0].count", is(2))
        .body("reactions[0].user_ids", contains(bob.id().toString(), cy.id().toString()));
    api.commands(react(ada, room, message, "🎉", true));
    api.commands(edit(ada, room, message, "all done"));

    Message changed = api.changes(room, "after_seq=" + said.path("seq").asLong()).messages().get(0);
    assertThat(changed.content()).isEqualTo("all done");
    assertThat(changed.reactions())
        .containsExactly(
            new Reaction("👍", 2, List.of(bob.id().toString(), cy.id().toString())),
            new Reaction("🎉", 1, List.of(ada.id().toString())));
    api.as(bob, "DELETE", PATH + room + "/messages/" + message + "/reactions/👍", null)
        .then()
        .statusCode(200)
        .body("reactions.count", contains(1, 1))
        .body("edited_at", org.hamcrest.Matchers.notNullValue());
    api.as(bob, "DELETE", PATH + room + "/messages/" + message + "/reactions/👍", null)
        .then()
        .statusCode(200)
        .body("reactions.count", contains(1, 1));

    api.commands(delete(ada, room, message));
    api.as(bob, "GET", PATH + room + "/messages?limit=1", null)
        .then()
        .body("items[0].status", is("deleted"))
        .body("items[0].reactions", nullValue());
  }

  @Test
  void whatIsNoReactionIsRefused() {
    String room = room();
    String message = say(ada, room, "done").path("id").asText();
    String path = PATH + room + "/messages/" + message + "/reactions/";

    api.as(bob, "PUT", path + "yes", null)
        .then()
        .statusCode(400)
        .body("code", is("INVALID_VALUE"))
        .body("field", is("emoji"));
    api.as(eve, "PUT", path + "👍", null).then().statusCode(404).body("code", is("NOT_FOUND"));
    api.as(eve, "DELETE", path + "👍", null).then().statusCode(404);
    api.as(bob, "PUT", PATH + room + "/messages/" + UUID.randomUUID() + "/reactions/👍", null)
        .then()
        .statusCode(404);
    for (int i = 0; i < 20; i++) {
      String emoji = Character.toString(0x1F600 + i);
      api.as(bob, "PUT", path + emoji, null).then().statusCode(200);
    }
    api.as(cy, "PUT", path + "👍", null).then().statusCode(409).body("field", is("emoji"));
    api.as(cy, "PUT", path + "\uD83D\uDE00", null).then().statusCode(200);
    api.commands(delete(ada, room, message));
    api.as(cy, "PUT", path + "\uD83D\uDE00", null).then().statusCode(409);
    String other = say(ada, room, "more").path("id").asText();
    api.as(ada, "DELETE", PATH + room, null).then().statusCode(204);
    assertThat(api.commands(react(bob, room, other, "👍", true)).get(0).path("code").asText())
        .isEqualTo("CONVERSATION_CLOSED");
  }

  @Test
  void ofManyWhoReactAlikeTheFirstAreNamed() {
    List<Person> many = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      many.add(Person.any("P" + i));
    }
    String room = api.create(ada, "room", many.toArray(Person[]::new));
    String message = say(ada, room, "hands up").path("id").asText();
    api.commands(many.stream().map(p -> react(p, room, message, "✋", true)).toArray(React[]::new));

    Reaction all = reaction(room, message);
    assertThat(all.count()).isEqualTo(60);
    assertThat(all.userIds()).hasSize(50).doesNotContain(many.get(55).id().toString());
    api.commands(react(many.get(0), room, message, "✋", false));
    Reaction fewer = reaction(room, message);
    assertThat(fewer.count()).isEqualTo(59);
    assertThat(fewer.userIds())
        .hasSize(50)
        .doesNotContain(many.get(0).id().toString())
        .contains(many.get(50).id().toString());
    api.commands(react(many.get(58), room, message, "✋", false));
    assertThat(reaction(room, message).count()).isEqualTo(58);
  }

  private Reaction reaction(String room, String message) {
    return api.changes(room, "after_seq=0").messages().stream()
        .filter(m -> m.id().equals(message))
        .findFirst()
        .orElseThrow()
        .reactions()
        .get(0);
  }

  @Test
  void whatIsReadOnOneDeviceIsReadOnAll() {
    String room = room();
    long seq = say(ada, room, "one").path("seq").asLong();
    say(ada, room, "two");
    unread(bob, room, 2, 0);

    api.commands(mark(bob, room, seq + 1), mark(bob, room, seq));
    unread(bob, room, 0, 0);
    unread(cy, room, 2, 0);
    unread(ada, room, 0, 0);
    api.as(bob, "POST", PATH + room + "/messages", Map.of("content", "own")).then().statusCode(201);
    unread(bob, room, 0, 0);
    unread(cy, room, 3, 0);
  }
}

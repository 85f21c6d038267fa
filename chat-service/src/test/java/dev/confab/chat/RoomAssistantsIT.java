package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.Api.Person;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.chat.ChatEvent.ReplyEnded;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Assistants as members of rooms: who adds them, and whom they answer. */
@QuarkusTest
@QuarkusTestResource(TestTokens.class)
class RoomAssistantsIT {
  private static final String PATH = "/api/v1/conversations/";

  @Inject ObjectMapper json;
  @Inject ChatConfig config;
  @Inject RedisDataSource redis;

  private final Person ada = Person.any("Ada");
  private final Person bob = Person.any("Bob");
  private final Person eve = Person.any("Eve");
  private final Set<String> answered = new HashSet<>();
  private Api api;
  private ReplyStage stage;
  private String room;

  @BeforeEach
  void connect() {
    api = new Api(json);
    stage = new ReplyStage(config.kafka().bootstrapServers(), json, redis);
    room = api.create(ada, "room", bob);
  }

  @AfterEach
  void disconnect() {
    stage.close();
  }

  private String assistant(Person owner, String name, boolean isPublic) {
    return api.as(
            owner,
            "POST",
            "/api/v1/assistants",
            Map.of("name", name, "system_prompt", "I am " + name + ".", "is_public", isPublic))
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private String member(String name) {
    String id = assistant(ada, name, false);
    api.as(ada, "POST", PATH + room + "/assistants", Map.of("assistant_id", id))
        .then()
        .statusCode(201)
        .body("assistant_id", is(id))
        .body("name", is(name));
    return id;
  }

  private String say(Person person, String content) {
    return say(person, Map.of("content", content));
  }

  private String say(Person person, Map<String, String> message) {
    return api.as(person, "POST", PATH + room + "/messages", message)
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private CompletionRequested answer(String text) {
    CompletionRequested request = stage.request(room, r -> answered.add(r.messageId()));
    stage.begin(request, text);
    stage.complete(request, stage.runner, text.length(), "stop");
    stage.event(room, ReplyEnded.class, e -> e.message().id().equals(request.messageId()));
    return request;
  }

  /** Nobody answers, which is known when the next one is answered. */
  private void nobodyAnswersBut(String assistant) {
    assertThat(answer("next").assistantId()).isEqualTo(assistant);
  }

  @Test
  void theyAnswerWhenTheyAreAddressed() {
    String helper = member("Helper");
    String critic = member("Big Critic");

    say(bob, "helper and critic are here");
    say(bob, "@Helper, what is it?");
    CompletionRequested first = answer("HELP");
    assertThat(first.assistantId()).isEqualTo(helper);
    assertThat(first.settings().systemPrompt()).isEqualTo("I am Helper.");
    assertThat(first.turns().getLast().content()).isEqualTo("@Helper, what is it?");
    say(bob, Map.of("content", "and why?", "reply_to", first.messageId()));
    nobodyAnswersBut(helper);
    say(bob, "hey AI, anybody?");
    nobodyAnswersBut(helper);
    say(ada, "@big critic?");
    CompletionRequested last = answer("NO");
    assertThat(last.assistantId()).isEqualTo(critic);
    assertThat(last.settings().systemPrompt()).isEqualTo("I am Big Critic.");
    api.as(bob, "GET", PATH + room + "/messages?limit=1", null)
        .then()
        .body("items[0].sender_name", is("Big Critic"))
        .body("items[0].message_type", is("assistant"));
  }

  @Test
  void severalAnswerOneAfterTheOtherAndBothAreRemembered() {
    String helper = member("Helper");
    String critic = member("Critic");

    String turn = say(bob, "@critic then @helper: well?");
    assertThat(answer("NO").assistantId()).isEqualTo(critic);
    CompletionRequested second = answer("YES");
    assertThat(second.assistantId()).isEqualTo(helper);
    assertThat(second.turns().getLast().content()).isEqualTo("@critic then @helper: well?");
    api.as(bob, "GET", PATH + room + "/messages?limit=3", null)
        .then()
        .body("items.sender_name", contains("Bob", "Critic", "Helper"))
        .body("items.reply_to", contains(null, turn, turn))
        .body("items[0].mentions", contains(critic, helper));
    say(bob, "@helper who is right?");
    assertThat(answer("me").turns())
        .extracting(CompletionRequested.Turn::content)
        .contains("NO", "YES");
  }

  @Test
  void whatTheyAreIsCopiedAndStaysWhenTheAssistantIsGone() {
    String helper = member("Helper");
    api.as(ada, "DELETE", "/api/v1/assistants/" + helper, null).then().statusCode(204);

    say(bob, "@helper?");
    assertThat(answer("still here").settings().systemPrompt()).isEqualTo("I am Helper.");
    say(bob, Map.of("content", "@ai, once more", "assistant_id", helper));
    nobodyAnswersBut(helper);
    String message = say(bob, "so");
    api.as(
            bob,
            "POST",
            PATH + room + "/messages/" + message + "/regenerate",
            Map.of("assistant_id", helper))
        .then()
        .statusCode(202);
    nobodyAnswersBut(helper);
  }

  @Test
  void hostsAddAndRemoveWhomTheyMaySee() {
    String path = PATH + room + "/assistants";
    String hidden = assistant(eve, "Hidden", false);
    String open = assistant(eve, "Open", true);

    api.as(ada, "POST", path, Map.of("assistant_id", hidden))
        .then()
        .statusCode(404)
        .body("field", is("assistant_id"));
    api.as(ada, "POST", path, Map.of("assistant_id", "gpt")).then().statusCode(404);
    api.as(bob, "POST", path, Map.of("assistant_id", open)).then().statusCode(403);
    api.as(eve, "POST", path, Map.of("assistant_id", open)).then().statusCode(404);
    api.as(ada, "POST", path, Map.of("assistant_id", open)).then().statusCode(201);
    api.as(ada, "POST", path, Map.of("assistant_id", open)).then().statusCode(201);
    api.as(bob, "GET", PATH + room, null)
        .then()
        .body("assistants", hasSize(1))
        .body("assistants[0].name", is("Open"))
        .body("last_seq", is(2));
    assertThat(api.changes(room, "").conversation().assistants()).hasSize(1);
    api.as(bob, "DELETE", path + "/" + open, null).then().statusCode(403);
    api.as(eve, "DELETE", path + "/" + open, null).then().statusCode(404);
    api.as(ada, "DELETE", path + "/" + UUID.randomUUID(), null).then().statusCode(404);
    api.as(ada, "DELETE", path + "/" + open, null).then().statusCode(204);
    api.as(bob, "GET", PATH + room, null).then().body("assistants", nullValue());
    String chat = api.create(ada, "assistant");
    api.as(ada, "POST", PATH + chat + "/assistants", Map.of("assistant_id", open))
        .then()
        .statusCode(409);
  }

  @Test
  void aRoomHasTenAtMost() {
    for (int i = 0; i < 10; i++) {
      member("A" + i);
    }
    String more = assistant(ada, "A10", false);
    api.as(ada, "POST", PATH + room + "/assistants", Map.of("assistant_id", more))
        .then()
        .statusCode(409)
        .body("code", is("CONFLICT"));
  }

  @Test
  void aBranchTakesThemAlong() {
    String helper = member("Helper");
    String message = say(ada, "hello");
    room =
        api.as(ada, "POST", PATH + room + "/branch", Map.of("message_id", message))
            .then()
            .statusCode(201)
            .body("assistants[0].name", is("Helper"))
            .extract()
            .path("id");

    say(ada, "@helper?");
    assertThat(answer("here").settings().systemPrompt()).isEqualTo("I am Helper.");
    assertThat(helper).isNotNull();
  }
}

package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.Api.Person;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.ai.CompletionRequested.Turn;
import dev.confab.contracts.chat.ChatCommand.StopReply;
import dev.confab.contracts.chat.ChatEvent.MessageAdded;
import dev.confab.contracts.chat.ChatEvent.MessageChanged;
import dev.confab.contracts.chat.ChatEvent.ReplyEnded;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asking for other answers, choosing among them, judging them, and branching off. */
@QuarkusTest
@QuarkusTestResource(TestTokens.class)
class AnswersIT {
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

  @BeforeEach
  void connect() {
    api = new Api(json);
    stage = new ReplyStage(config.kafka().bootstrapServers(), json, redis);
  }

  @AfterEach
  void disconnect() {
    stage.close();
  }

  private String say(String chat, String content) {
    return api.as(ada, "POST", PATH + chat + "/messages", Map.of("content", content)).path("id");
  }

  /** Plays the model: answers the next request, and says which reply that was. */
  private CompletionRequested answer(String chat, String text) {
    CompletionRequested request = stage.request(chat, r -> answered.add(r.messageId()));
    stage.begin(request, text);
    stage.complete(request, stage.runner, text.length(), "stop");
    stage.event(chat, ReplyEnded.class, e -> e.message().id().equals(request.messageId()));
    return request;
  }

  private String message(String chat, String id) {
    return PATH + chat + "/messages/" + id;
  }

  @Test
  void regeneratedRepliesAreAlternativesAndTheChosenOneIsTold() {
    String chat = api.create(ada, "assistant");
    String turn = say(chat, "hello");
    String first = answer(chat, "ONE").messageId();

    String second =
        api.as(ada, "POST", message(chat, first) + "/regenerate", null).path("reply_id");
    assertThat(answer(chat, "TWO").messageId()).isEqualTo(second);

    String alternatives = message(chat, turn) + "/alternatives";
    api.as(ada, "GET", alternatives, null)
        .then()
        .statusCode(200)
        .body("items.id", contains(first, second))
        .body("items.content", contains("ONE", "TWO"))
        .body("items.chosen", contains(false, true));
    long before = stage.event(chat, ReplyEnded.class, e -> e.message().id().equals(second)).seq();
    api.as(ada, "POST", message(chat, first) + "/choose", null)
        .then()
        .statusCode(200)
        .body("id", is(first));
    MessageChanged chosen = stage.event(chat, MessageChanged.class);
    assertThat(chosen.seq()).isGreaterThan(before);
    assertThat(chosen.message().chosenSeq()).isEqualTo(chosen.seq());
    api.as(ada, "GET", message(chat, second) + "/alternatives", null)
        .then()
        .body("items.chosen", contains(true, false));
    say(chat, "and now?");
    assertThat(answer(chat, "THREE").turns())
        .containsExactly(
            new Turn("user", null, "hello"),
            new Turn("assistant", null, "ONE"),
            new Turn("user", null, "and now?"));
    api.as(ada, "POST", message(chat, turn) + "/choose", null)
        .then()
        .statusCode(409)
        .body("code", is("CONFLICT"));
  }

  @Test
  void aMessageIsEditedAndAnsweredAnewOrNeither() {
    String chat = api.create(ada, "assistant");
    String turn = say(chat, "what is a cat?");
    String first = answer(chat, "A pet.").messageId();
    String path = message(chat, turn) + "/edit-and-answer";

    String reply =
        api.as(ada, "POST", path, Map.of("content", "what is a dog?"))
            .then()
            .statusCode(202)
            .body("message.content", is("what is a dog?"))
            .extract()
            .path("reply_id");
    api.as(ada, "POST", path, Map.of("content", "too early"))
        .then()
        .statusCode(409)
        .body("code", is("CONFLICT"));
    CompletionRequested request = answer(chat, "Woof.");

    assertThat(request.messageId()).isEqualTo(reply);
    assertThat(request.turns()).containsExactly(new Turn("user", null, "what is a dog?"));
    api.as(ada, "POST", path, Map.of("content", " "))
        .then()
        .statusCode(400)
        .body("code", is("EMPTY_MESSAGE"));
    api.as(ada, "POST", path, Map.of("content", "x", "assistant_id", " ")).then().statusCode(404);
    api.as(ada, "GET", message(chat, turn) + "/alternatives", null)
        .then()
        .body("items.id", contains(first, reply));
  }

  @Test
  void feedbackIsOnesOwn() {
    String room = api.create(ada, "room", bob);
    String turn = say(room, "@ai hello");
    String reply = answer(room, "Hi").messageId();
    String path = message(room, reply) + "/feedback";

    api.as(ada, "PUT", path, Map.of("value", "up", "comment", "nice"))
        .then()
        .statusCode(200)
        .body("my_feedback", is("up"));
    api.as(bob, "PUT", path, Map.of("value", "down")).then().statusCode(200);
    api.as(bob, "PUT", path, Map.of("value", "none"))
        .then()
        .statusCode(200)
        .body("my_feedback", nullValue());
    api.as(ada, "GET", PATH + room + "/messages", null)
        .then()
        .body("items.find{it.id=='" + reply + "'}.my_feedback", is("up"));
    api.as(bob, "GET", PATH + room + "/messages", null)
        .then()
        .body("items.find{it.id=='" + reply + "'}.my_feedback", nullValue());
    api.as(ada, "GET", "/api/v1/stats", null)
        .then()
        .body("feedback.up", is(1))
        .body("feedback.down", is(0));
    api.as(ada, "PUT", path, Map.of("value", "meh"))
        .then()
        .statusCode(400)
        .body("field", is("value"));
    api.as(ada, "PUT", message(room, turn) + "/feedback", Map.of("value", "up"))
        .then()
        .statusCode(409);
  }

  @Test
  void aBranchBeginsWithTheChosenLineAndIsOnesOwn() {
    String room = api.create(ada, "room", bob);
    api.as(ada, "PATCH", PATH + room, Map.of("title", "Pets", "settings", Map.of("max_tokens", 9)));
    String turn = say(room, "@ai a cat?");
    String first = answer(room, "ONE").messageId();
    api.as(ada, "POST", message(room, turn) + "/regenerate", null).then().statusCode(202);
    answer(room, "TWO");
    say(room, "thanks");
    api.as(ada, "POST", message(room, first) + "/choose", null).then().statusCode(200);
    String last = say(room, "bye");
    say(room, "not any more");

    var made = api.as(ada, "POST", PATH + room + "/branch", Map.of("message_id", last)).then();

    String branch =
        made.statusCode(201)
            .body("title", is("Pets (branch)"))
            .body("settings.max_tokens", is(9))
            .body("participant_count", is(1))
            .body("last_message_preview", is("bye"))
            .body("branched_from.conversation_id", is(room))
            .body("branched_from.message_id", is(last))
            .extract()
            .path("id");
    api.as(ada, "GET", PATH + branch + "/messages", null)
        .then()
        .body("items.content", contains("@ai a cat?", "ONE", "thanks", "bye"))
        .body("items.seq", contains(1, 2, 3, 4));
    List<String> ids = api.as(ada, "GET", PATH + branch + "/messages", null).path("items.id");
    assertThat(ids).doesNotContain(turn, first, last);
    api.as(ada, "GET", PATH + branch + "/messages", null)
        .then()
        .body("items[1].reply_to", is(ids.get(0)));
    say(branch, "@ai go on");
    assertThat(answer(branch, "on").turns()).hasSize(5);
    api.as(bob, "GET", PATH + branch, null).then().statusCode(404);
    api.as(ada, "POST", PATH + room + "/branch", Map.of("message_id", ids.get(0)))
        .then()
        .statusCode(404);
    api.as(ada, "POST", PATH + branch + "/participants", Map.of("user_id", eve.id().toString()));
    api.as(eve, "GET", PATH + branch, null)
        .then()
        .statusCode(200)
        .body("branched_from", nullValue());
  }

  @Test
  void aConversationIsExported() {
    String chat = api.create(ada, "assistant");
    api.as(ada, "PATCH", PATH + chat, Map.of("title", "Notes"));
    say(chat, "hello *you*");
    answer(chat, "Hi \"there\"");

    api.as(ada, "GET", PATH + chat + "/export", null)
        .then()
        .statusCode(200)
        .header("Content-Disposition", "attachment; filename=\"conversation-" + chat + ".json\"")
        .body("conversation.title", is("Notes"))
        .body("messages.content", contains("hello *you*", "Hi \"there\""));
    String markdown =
        api.as(ada, "GET", PATH + chat + "/export?format=markdown", null)
            .then()
            .statusCode(200)
            .extract()
            .asString();
    assertThat(markdown).startsWith("# Notes\n").contains("## Ada, ", "\n\nhello *you*\n");
    api.as(ada, "GET", PATH + chat + "/export?format=pdf", null)
        .then()
        .statusCode(400)
        .body("field", is("format"));
  }

  @Test
  void aStoppedTurnThatWaitsLeavesAnEmptyReply() {
    String chat = api.create(ada, "assistant");
    say(chat, "first");
    String second = say(chat, "second");
    var stop = new StopReply(UUID.randomUUID().toString(), chat, ada.actor(), Api.ORIGIN, second);

    assertThat(api.commands(stop).get(0).path("type").asText()).isEqualTo("command_accepted");
    MessageAdded stopped =
        stage.event(chat, MessageAdded.class, e -> second.equals(e.message().replyTo()));

    assertThat(stopped.message().status()).isEqualTo("stopped");
    assertThat(stopped.message().finishReason()).isEqualTo("stopped");
    assertThat(stopped.message().content()).isEmpty();
    api.as(ada, "GET", PATH + chat, null).then().body("last_message_preview", is("second"));
  }

  @Test
  void aStrangerFindsNothing() {
    String chat = api.create(ada, "assistant");
    String turn = say(chat, "mine");
    String reply = answer(chat, "yours").messageId();
    String own = api.create(eve, "room");

    for (String path : List.of(chat, own)) {
      String at = PATH + path + "/messages/" + reply;
      assertNotFound("POST", at + "/regenerate", Map.of());
      assertNotFound("POST", at + "/choose", Map.of());
      assertNotFound("GET", at + "/alternatives", null);
      assertNotFound("PUT", at + "/feedback", Map.of("value", "up"));
      assertNotFound(
          "POST", PATH + path + "/messages/" + turn + "/edit-and-answer", Map.of("content", "x"));
      assertNotFound("POST", PATH + path + "/branch", Map.of("message_id", turn));
    }
    assertNotFound("GET", PATH + chat + "/export", null);
    assertNotFound("GET", PATH + chat + "/export?format=markdown", null);
    assertNotFound("POST", PATH + chat + "/restore", null);
    api.as(eve, "GET", "/api/v1/stats", null)
        .then()
        .body("total_conversations", is(1))
        .body("total_messages", is(0))
        .body("by_model", hasSize(0));
    api.as(eve, "GET", "/api/v1/stats?scope=all", null).then().statusCode(403);
  }

  private void assertNotFound(String method, String path, Object body) {
    api.as(eve, method, path, body).then().statusCode(404).body("code", is("NOT_FOUND"));
  }
}

package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.Api.Person;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.chat.ChatCommand.RequestReply;
import dev.confab.contracts.chat.ChatCommand.SendMessage;
import dev.confab.contracts.chat.ChatEvent.ReplyEnded;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(TestTokens.class)
class AssistantsIT {
  private static final String PATH = "/api/v1/assistants";
  private static final String CONVERSATIONS = "/api/v1/conversations";

  @Inject ObjectMapper json;
  @Inject ChatConfig config;
  @Inject RedisDataSource redis;

  private final Person ada = Person.any("Ada");
  private final Person eve = Person.any("Eve");
  private final String word = "word" + UUID.randomUUID().toString().substring(0, 8);
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

  private Map<String, Object> pirate(boolean isPublic) {
    Map<String, Object> wanted = new HashMap<>();
    wanted.put("name", "Pirate " + word);
    wanted.put("avatar", "🏴");
    wanted.put("description", "Talks like one");
    wanted.put("system_prompt", "Talk like a pirate.");
    wanted.put("temperature", 1.5);
    wanted.put("max_tokens", 100);
    wanted.put("tools_enabled", true);
    wanted.put("starter_questions", List.of("Where is the gold?", "Who goes there?"));
    wanted.put("is_public", isPublic);
    return wanted;
  }

  private String make(boolean isPublic) {
    return api.as(ada, "POST", PATH, pirate(isPublic)).then().statusCode(201).extract().path("id");
  }

  private String start(Person person, String assistant) {
    return api.as(person, "POST", PATH + "/" + assistant + "/conversations", Map.of())
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private static SendMessage ask(Person person, String conversation, String assistant) {
    return new SendMessage(
        UUID.randomUUID().toString(),
        conversation,
        person.actor(),
        Api.ORIGIN,
        null,
        "hello",
        null,
        assistant);
  }

  private static RequestReply again(Person person, String conversation, String id, String who) {
    return new RequestReply(
        UUID.randomUUID().toString(), conversation, person.actor(), Api.ORIGIN, id, who);
  }

  @Test
  void oneIsMadeChangedCopiedAndDeleted() {
    String id = make(false);

    api.as(ada, "GET", PATH + "/" + id, null)
        .then()
        .statusCode(200)
        .body("name", is("Pirate " + word))
        .body("avatar", is("🏴"))
        .body("system_prompt", is("Talk like a pirate."))
        .body("temperature", is(1.5f))
        .body("max_tokens", is(100))
        .body("tools_enabled", is(true))
        .body("starter_questions", contains("Where is the gold?", "Who goes there?"))
        .body("is_public", is(false))
        .body("is_mine", is(true))
        .body("owner_id", is(ada.id().toString()))
        .body("owner_name", is("Ada"))
        .body("created_at", notNullValue());
    api.as(ada, "PATCH", PATH + "/" + id, "{\"temperature\":null,\"name\":\" Captain \"}")
        .then()
        .statusCode(200)
        .body("name", is("Captain"))
        .body("temperature", nullValue())
        .body("max_tokens", is(100));
    api.as(ada, "POST", PATH + "/" + id + "/copy", null)
        .then()
        .statusCode(201)
        .body("id", not(is(id)))
        .body("name", is("Captain (copy)"))
        .body("system_prompt", is("Talk like a pirate."))
        .body("is_public", is(false));
    api.as(ada, "DELETE", PATH + "/" + id, null).then().statusCode(204);
    api.as(ada, "GET", PATH + "/" + id, null).then().statusCode(404);
    api.as(ada, "DELETE", PATH + "/" + id, null).then().statusCode(404);
  }

  @Test
  void aPublicOneIsForAllAndItsOwnersToChange() {
    String id = make(true);

    api.as(eve, "GET", PATH + "/" + id, null)
        .then()
        .statusCode(200)
        .body("is_mine", is(false))
        .body("system_prompt", is("Talk like a pirate."));
    api.as(eve, "GET", PATH + "?q=" + word, null).then().body("items.id", contains(id));
    api.as(eve, "GET", PATH + "?q=" + word + "&mine=true", null).then().body("items", empty());
    api.as(eve, "PATCH", PATH + "/" + id, Map.of("name", "Mine")).then().statusCode(403);
    api.as(eve, "DELETE", PATH + "/" + id, null).then().statusCode(403);
    String copy =
        api.as(eve, "POST", PATH + "/" + id + "/copy", null)
            .then()
            .statusCode(201)
            .body("is_mine", is(true))
            .body("owner_name", is("Eve"))
            .extract()
            .path("id");
    api.as(ada, "GET", PATH + "/" + copy, null).then().statusCode(404);
    assertThat(start(eve, id)).isNotNull();
  }

  @Test
  void aPrivateOneExistsForItsOwnerAlone() {
    String id = make(false);
    String none = UUID.randomUUID().toString();
    String chat = api.create(eve, "assistant");
    String said = api.commands(ask(eve, chat, null)).get(0).at("/message/id").asText();

    for (String unseen : Arrays.asList(id, id.toUpperCase(), none, "nonsense")) {
      String path = PATH + "/" + unseen;
      api.as(eve, "GET", path, null).then().statusCode(404).body("code", is("NOT_FOUND"));
      api.as(eve, "PATCH", path, Map.of("name", "x")).then().statusCode(404);
      api.as(eve, "DELETE", path, null).then().statusCode(404);
      api.as(eve, "POST", path + "/copy", null).then().statusCode(404);
      api.as(eve, "POST", path + "/conversations", Map.of()).then().statusCode(404);
      RestAssured.given().auth().oauth2(eve.token("admin")).get(path).then().statusCode(404);
      RestAssured.given().auth().oauth2(eve.token("guest")).get(path).then().statusCode(404);
    }
    JsonNode hidden = api.commands(ask(eve, chat, id)).get(0);
    JsonNode missing = api.commands(ask(eve, chat, none)).get(0);
    assertThat(hidden.path("code").asText()).isEqualTo("NOT_FOUND");
    assertThat(hidden.path("message")).isEqualTo(missing.path("message"));
    assertThat(api.commands(again(eve, chat, said, id)).get(0).path("code").asText())
        .isEqualTo("NOT_FOUND");
    for (String unseen : List.of(id, none)) {
      api.as(eve, "POST", CONVERSATIONS, Map.of("kind", "assistant", "assistant_id", unseen))
          .then()
          .statusCode(404)
          .body("field", is("assistant_id"));
    }
    api.as(eve, "POST", CONVERSATIONS + "/" + chat + "/messages", said(id)).then().statusCode(404);
    api.as(eve, "GET", PATH + "?q=" + word, null)
        .then()
        .body("items", empty())
        .body("next_cursor", nullValue());
    api.as(eve, "GET", PATH + "?limit=200", null).then().body("items.id", not(hasItem(id)));
    api.as(eve, "GET", PATH + "?q=%25", null).then().body("items.id", not(hasItem(id)));
    RestAssured.given().get(PATH + "/" + id).then().statusCode(401);
    api.as(ada, "GET", PATH + "?q=" + word, null).then().body("items.id", contains(id));
  }

  private static Map<String, Object> said(String assistant) {
    return Map.of("content", "hello", "assistant_id", assistant);
  }

  @Test
  void whatWasPublicIsGoneWhenItIsHidden() {
    String id = make(true);
    String chat = start(eve, id);
    api.as(ada, "PATCH", PATH + "/" + id, Map.of("is_public", false)).then().statusCode(200);

    api.as(eve, "GET", PATH + "/" + id, null).then().statusCode(404);
    api.as(eve, "POST", PATH + "/" + id + "/conversations", Map.of()).then().statusCode(404);
    api.as(eve, "GET", CONVERSATIONS + "/" + chat, null)
        .then()
        .body("assistant_id", is(id))
        .body("assistant_name", is("Pirate " + word));
    // Naming the conversation's own assistant asks for nothing else.
    String said = api.commands(ask(eve, chat, id)).get(0).at("/message/id").asText();
    assertThat(said).isNotEmpty();
    assertThat(stage.request(chat).settings().systemPrompt()).isEqualTo("Talk like a pirate.");
  }

  @Test
  void aConversationKeepsWhatItBeganWith() {
    String id = make(false);
    String chat = start(ada, id);
    api.as(ada, "PATCH", PATH + "/" + id, Map.of("system_prompt", "Talk like a lawyer."))
        .then()
        .statusCode(200);
    api.as(ada, "DELETE", PATH + "/" + id, null).then().statusCode(204);

    api.commands(ask(ada, chat, null));
    CompletionRequested request = stage.request(chat);
    stage.begin(request, "Arr");
    stage.complete(request, stage.runner, 3, "stop");

    assertThat(request.assistantId()).isEqualTo(id);
    assertThat(request.settings().systemPrompt()).isEqualTo("Talk like a pirate.");
    assertThat(request.settings().temperature()).isEqualTo(1.5);
    assertThat(request.settings().maxTokens()).isEqualTo(100);
    assertThat(request.settings().toolsEnabled()).isTrue();
    ReplyEnded ended = stage.event(chat, ReplyEnded.class);
    assertThat(ended.message().senderName()).isEqualTo("Pirate " + word);
    assertThat(ended.message().senderId()).isEqualTo(id);
    api.as(ada, "GET", CONVERSATIONS + "/" + chat, null)
        .then()
        .body("kind", is("assistant"))
        .body("assistant_name", is("Pirate " + word))
        .body("settings.system_prompt", is("Talk like a pirate."));
  }

  @Test
  void whatIsAskedForCountsBeforeWhatTheAssistantHas() {
    String id = make(false);

    api.as(
            ada,
            "POST",
            CONVERSATIONS,
            Map.of(
                "kind",
                "assistant",
                "assistant_id",
                id,
                "settings",
                Map.of("temperature", 0.2, "model", "small")))
        .then()
        .statusCode(201)
        .body("settings.temperature", is(0.2f))
        .body("settings.model", is("small"))
        .body("settings.max_tokens", is(100));
    api.as(ada, "POST", PATH + "/" + id + "/conversations", Map.of("title", "Sea"))
        .then()
        .statusCode(201)
        .body("title", is("Sea"));
    api.as(ada, "POST", PATH + "/" + id + "/conversations", Map.of("title", "x".repeat(201)))
        .then()
        .statusCode(400)
        .body("field", is("title"));
    api.as(ada, "POST", CONVERSATIONS, Map.of("kind", "assistant", "assistant_id", "small"))
        .then()
        .statusCode(201)
        .body("assistant_id", nullValue())
        .body("settings.model", is("small"));
  }

  @Test
  void anotherOneAnswersByRequestAsItWasThen() {
    String chat = api.create(ada, "assistant");
    String id = make(false);
    String first = api.commands(ask(ada, chat, null)).get(0).at("/message/id").asText();
    CompletionRequested own = stage.request(chat);
    // It waits for its turn; meanwhile it changes and goes.
    String waiting = api.commands(again(ada, chat, first, id)).get(0).path("message_id").asText();
    assertThat(api.commands(again(ada, chat, first, id)).get(0).path("message_id").asText())
        .isEqualTo(waiting);
    api.as(ada, "DELETE", PATH + "/" + id, null).then().statusCode(204);
    stage.begin(own, "Hi");
    stage.complete(own, stage.runner, 2, "stop");

    CompletionRequested asked = stage.request(chat, r -> r.messageId().equals(waiting));
    stage.begin(asked, "Arr");
    stage.complete(asked, stage.runner, 3, "stop");

    assertThat(own.settings().systemPrompt()).isNull();
    assertThat(asked.assistantId()).isEqualTo(id);
    assertThat(asked.settings().systemPrompt()).isEqualTo("Talk like a pirate.");
    ReplyEnded ended = stage.event(chat, ReplyEnded.class, e -> e.message().id().equals(waiting));
    assertThat(ended.message().senderName()).isEqualTo("Pirate " + word);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'name':'x','temperature':2.1}; temperature; 0 to 2",
        "{'name':'x','temperature':-0.1}; temperature; 0 to 2",
        "{'name':'x','temperature':'1'}; temperature; 0 to 2",
        "{'name':'x','max_tokens':0}; max_tokens; 1 to 32768",
        "{'name':'x','max_tokens':32769}; max_tokens; 1 to 32768",
        "{'name':'x','max_tokens':1.5}; max_tokens; 1 to 32768",
        "{'name':'x','tools_enabled':'yes'}; tools_enabled; true or false",
        "{'name':'x','is_public':1}; is_public; true or false",
        "{'name':' '}; name; 1 to 80",
        "{}; name; name",
        "{'name':'x','avatar':'javascript:alert(1)'}; avatar; https",
        "{'name':'x','starter_questions':['']}; starter_questions; 300",
        "{'name':'x','starter_questions':'y'}; starter_questions; 300",
      })
  void whatIsOutOfRangeIsToldWithTheRange(String body, String field, String range) {
    api.as(ada, "POST", PATH, body.replace('\'', '"'))
        .then()
        .statusCode(400)
        .body("code", is("INVALID_VALUE"))
        .body("field", is(field))
        .body("detail", containsString(range));
  }

  @Test
  void longPromptsAreRefusedAndOddCharactersReplaced() {
    api.as(ada, "POST", PATH, Map.of("name", "x", "system_prompt", "p".repeat(16_001)))
        .then()
        .statusCode(400)
        .body("field", is("system_prompt"))
        .body("detail", containsString("16000"));
    api.as(ada, "POST", PATH, Map.of("name", "x", "system_prompt", "p".repeat(16_000)))
        .then()
        .statusCode(201);
    api.as(ada, "POST", PATH, "{\"name\":\"a\\u0000b\",\"system_prompt\":\"\\ud800\"}")
        .then()
        .statusCode(201)
        .body("name", is("a\uFFFDb"));
    api.as(ada, "POST", PATH, "[]").then().statusCode(400);
    RestAssured.given()
        .auth()
        .oauth2(ada.token("guest"))
        .contentType("application/json")
        .body(Map.of("name", "x"))
        .post(PATH)
        .then()
        .statusCode(403);
  }

  @Test
  void listsArePagedNewestFirst() {
    String oldest = make(false);
    String newer = make(false);
    String newest = make(false);

    String cursor =
        api.as(ada, "GET", PATH + "?mine=true&limit=2", null)
            .then()
            .body("items.id", contains(newest, newer))
            .extract()
            .path("next_cursor");
    api.as(ada, "GET", PATH + "?mine=true&limit=2&cursor=" + cursor, null)
        .then()
        .body("items.id", contains(oldest))
        .body("next_cursor", nullValue());
    api.as(ada, "GET", PATH + "?limit=200", null)
        .then()
        .body("items.id", hasItems(oldest, newer, newest));
    api.as(ada, "GET", PATH + "?cursor=x", null).then().statusCode(400).body("field", is("cursor"));
    api.as(eve, "GET", PATH + "?mine=true", null).then().body("items", hasSize(0));
  }
}

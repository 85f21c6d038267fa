package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.confab.chat.Api.Person;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.chat.ChatCommand.RequestReply;
import dev.confab.contracts.chat.ChatEvent.ConversationChanged;
import dev.confab.contracts.chat.ChatEvent.MessageAdded;
import dev.confab.contracts.chat.ChatEvent.ReplyEnded;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What replies cost, what a budget forbids, and titles that a model writes. */
@QuarkusTest
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(value = SpendingIT.Neighbours.class, restrictToAnnotatedClass = true)
@TestProfile(SpendingIT.Thrifty.class)
class SpendingIT {
  private static final String PATH = "/api/v1/conversations/";

  /** One reply of seven tokens fits into the day, and a second one begins. */
  public static class Thrifty implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("confab.chat.budget.tokens-per-day", "10");
    }
  }

  /** The part of auth-service and ai-service that a title needs. */
  public static class Neighbours implements QuarkusTestResourceLifecycleManager {
    private HttpServer server;

    @Override
    public Map<String, String> start() {
      try {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      answer("/internal/token", "{\"access_token\":\"t\",\"expires_in\":900}");
      answer("/internal/completions", "{\"text\":\"\\\"About cats\\\"\\n\"}");
      server.start();
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      return Map.of(
          "confab.chat.auth-url", url,
          "confab.chat.ai-urls", url,
          "confab.chat.client-secret", "s");
    }

    private void answer(String path, String body) {
      server.createContext(
          path,
          exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
          });
    }

    @Override
    public void stop() {
      server.stop(0);
    }
  }

  @Inject ObjectMapper json;
  @Inject ChatConfig config;
  @Inject RedisDataSource redis;

  private final Person ada = Person.any("Ada");
  private final Person bob = Person.any("Bob");
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

  private ReplyEnded exchange(String chat, String content) {
    api.as(ada, "POST", PATH + chat + "/messages", Map.of("content", content))
        .then()
        .statusCode(201);
    CompletionRequested request = stage.request(chat, r -> answered.add(r.messageId()));
    stage.begin(request, "Hi");
    stage.complete(request, stage.runner, 2, "stop");
    return stage.event(chat, ReplyEnded.class, e -> e.message().id().equals(request.messageId()));
  }

  @Test
  void aSpentBudgetRefusesWhatWouldCostMore() {
    String chat = api.create(ada, "assistant");
    exchange(chat, "one");
    String reply = exchange(chat, "two").message().id();

    api.as(ada, "POST", PATH + chat + "/messages", Map.of("content", "three"))
        .then()
        .statusCode(429)
        .body("code", is("BUDGET_EXCEEDED"))
        .body(
            "detail",
            is("Today's budget of 10 tokens is spent. It is renewed at midnight UTC (00:00Z)."));
    api.as(ada, "POST", PATH + chat + "/messages/" + reply + "/regenerate", Map.of())
        .then()
        .statusCode(429);
    var again =
        new RequestReply(UUID.randomUUID().toString(), chat, ada.actor(), Api.ORIGIN, reply, null);
    assertThat(api.commands(again).get(0).path("code").asText()).isEqualTo("BUDGET_EXCEEDED");
    api.as(ada, "GET", PATH + chat + "/messages", null).then().body("items", hasSize(4));
    String room = api.create(ada, "room", bob);
    api.as(ada, "POST", PATH + room + "/messages", Map.of("content", "@ai hello"))
        .then()
        .statusCode(201);
    MessageAdded declined =
        stage.event(room, MessageAdded.class, e -> "fallback".equals(e.message().kind()));
    assertThat(declined.message().content()).contains("budget");
    api.as(bob, "POST", PATH + room + "/messages", Map.of("content", "@ai and me?"))
        .then()
        .statusCode(201);
    assertThat(stage.request(room).userId()).isEqualTo(bob.id().toString());
  }

  @Test
  void statisticsAreOnesOwn() {
    String chat = api.create(ada, "assistant");
    api.create(ada, "room", bob);
    exchange(chat, "one");

    await()
        .untilAsserted(
            () ->
                api.as(ada, "GET", "/api/v1/stats", null)
                    .then()
                    .statusCode(200)
                    .body("total_conversations", is(2))
                    .body("active_conversations", is(2))
                    .body("total_messages", is(2))
                    .body("total_tokens", is(7))
                    .body("by_model[0].model", is("model-1"))
                    .body("by_model[0].messages", is(1))
                    .body("by_model[0].tokens", is(7))
                    .body("by_day", hasSize(1))
                    .body("by_day[0].messages", is(2))
                    .body("by_day[0].tokens", is(7)));
    api.as(bob, "GET", "/api/v1/stats", null)
        .then()
        .body("total_conversations", is(1))
        .body("total_messages", is(0))
        .body("by_day", hasSize(0));
  }

  @Test
  void aModelGivesTheTitleUnlessAPersonDid() {
    String chat = api.create(ada, "assistant");
    String named = api.create(ada, "assistant");
    api.as(ada, "PATCH", PATH + named, Map.of("title", "Mine"));
    exchange(named, "tell me of dogs");
    exchange(chat, "tell me of cats");

    ConversationChanged titled =
        stage.event(chat, ConversationChanged.class, e -> e.conversation().title() != null);

    assertThat(titled.conversation().title()).isEqualTo("About cats");
    api.as(ada, "GET", PATH + named, null).then().body("title", is("Mine"));
  }
}

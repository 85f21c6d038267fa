package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.Api.Person;
import dev.confab.chat.ModelScript.Report;
import dev.confab.chat.model.ManySweeps;
import dev.confab.contracts.chat.Changes;
import dev.confab.contracts.chat.Message;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(value = ModelServer.class, restrictToAnnotatedClass = true)
class ModelRegistryIT {
  private static final String CONVERSATIONS = "/api/v1/conversations";
  private static final String MODELS = "/api/v1/models";

  @Inject ObjectMapper json;
  @Inject ChatConfig config;
  @Inject AgroalDataSource dataSource;
  @Inject ManySweeps sweeps;

  private final Person ada = Person.any("Ada");
  private final Person boss = Person.any("Boss");
  private final String first = "first-" + UUID.randomUUID();
  private final String second = "second-" + UUID.randomUUID();
  private final String third = "third-" + UUID.randomUUID();
  private Api api;
  private ModelScript script;

  @BeforeEach
  void connect() {
    api = new Api(json);
    script = new ModelScript(config);
  }

  @AfterEach
  void forget() throws SQLException {
    script.down();
    ModelScript.forgetAll(dataSource);
  }

  private void begin(Report report) {
    script.now(report);
    await().until(() -> api.as(ada, "GET", MODELS, null).path("items.id"), hasItem(first));
  }

  private ValidatableResponse sync() {
    return RestAssured.given()
        .auth()
        .oauth2(boss.token("operator"))
        .post(MODELS + "/sync")
        .then()
        .statusCode(200);
  }

  private String converse(String model) {
    return api.as(
            ada,
            "POST",
            CONVERSATIONS,
            Map.of("kind", "assistant", "settings", Map.of("model", model)))
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private String modelOf(String conversation) {
    return api.as(ada, "GET", CONVERSATIONS + "/" + conversation, null).path("settings.model");
  }

  private List<Message> notices(String conversation) {
    Changes changes = api.changes(conversation, "after_seq=0&limit=500");
    return changes.messages().stream().filter(m -> "system".equals(m.messageType())).toList();
  }

  @Test
  void whatProvidersListIsToldToEverybody() {
    begin(
        new Report()
            .provider("one", "up", true, first, second)
            .provider("two", "down", false, third));

    api.as(ada, "GET", MODELS, null)
        .then()
        .statusCode(200)
        .body("items.id", contains(first, second, third))
        .body("items.provider", contains("one", "one", "two"))
        .body("items.is_default", contains(true, false, false))
        .body("items.is_active", contains(true, true, true))
        .body("items[0].context_length", is(42))
        .body("items[0].name", is(first))
        .body("next_cursor", nullValue());
    RestAssured.given()
        .get("/api/v1/status")
        .then()
        .body("models", is("up"))
        .body("providers.name", contains("one", "two"))
        .body("providers.state", contains("up", "down"))
        .body("providers[0].keySet()", contains("name", "state"));
    RestAssured.given().get(MODELS).then().statusCode(401);
    RestAssured.given().auth().oauth2(ada.token("guest")).get(MODELS).then().statusCode(200);
    api.as(ada, "POST", MODELS + "/sync", null).then().statusCode(403);
    api.as(ada, "GET", MODELS + "?all=true", null).then().statusCode(403);
  }

  @Test
  void aSilentServiceIsToldAndChangesNothing() {
    begin(new Report().provider("one", "up", true, first));
    script.down();

    RestAssured.given()
        .auth()
        .oauth2(boss.token("admin"))
        .post(MODELS + "/sync")
        .then()
        .statusCode(503)
        .body("code", is("AI_UNAVAILABLE"));
    api.as(ada, "GET", MODELS, null).then().body("items.id", contains(first));
    await()
        .until(
            () -> RestAssured.given().get("/api/v1/status").path("providers.state"),
            is(List.of("unknown")));
  }

  @Test
  void aSynchronisationMovesTheConversationsOfWhatIsGone() {
    begin(new Report().provider("one", "up", true, first, second));
    String moving = converse(second);
    String staying = converse(first);
    String closed = converse(second);
    api.as(ada, "DELETE", CONVERSATIONS + "/" + closed, null).then().statusCode(204);
    script.next(new Report().provider("one", "up", true, first, third));

    sync()
        .body("added", contains(third))
        .body("retired", contains(second))
        .body("active", is(2))
        .body("items.id", contains(first, third))
        .body("providers[0].name", is("one"))
        .body("providers[0].listed", is(true))
        .body("providers[0].added", contains(third))
        .body("providers[0].retired", contains(second))
        .body("providers[0].active", is(2));

    // A model that came a moment ago is known at once.
    assertThat(modelOf(converse(third))).isEqualTo(third);
    await().until(() -> modelOf(moving), is(first));
    assertThat(notices(moving))
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.content()).contains(second).contains(first);
              assertThat(notice.seq()).isEqualTo(3);
              assertThat(notice.senderId()).isEqualTo("system");
            });
    assertThat(api.changes(moving, "").upTo()).isEqualTo(3);
    assertThat(notices(staying)).isEmpty();
    assertThat(modelOf(closed)).isEqualTo(second);
    api.as(ada, "POST", CONVERSATIONS + "/" + closed + "/restore", null).then().statusCode(200);
    await().until(() -> modelOf(closed), is(first));
    sync().body("added", empty()).body("retired", empty());
    assertThat(notices(moving)).hasSize(1);
    RestAssured.given()
        .auth()
        .oauth2(boss.token("operator"))
        .get(MODELS + "?all=true")
        .then()
        .body("items.find { it.id == '" + second + "' }.is_active", is(false));
    api.as(ada, "GET", MODELS, null).then().body("items.id", not(hasItem(second)));
  }

  @Test
  void whoCannotBeAskedLosesNothing() {
    begin(
        new Report().provider("one", "up", true, first).provider("two", "up", true, second, third));
    String chat = converse(third);
    script.next(
        new Report().provider("one", "up", true, first).provider("two", "down", false, second));

    sync().body("retired", empty()).body("active", is(3)).body("providers[1].listed", is(false));

    script.next(
        new Report()
            .provider("one", "up", true, first)
            .provider("two", "up", true, Instant.now().minusSeconds(3600), second));
    sync().body("retired", empty());
    assertThat(modelOf(chat)).isEqualTo(third);
  }

  @Test
  void anAliasLeadsToTheModelOfNow() {
    begin(new Report().provider("one", "up", true, first, second));
    String before = converse(second);
    script.next(
        new Report()
            .provider("one", "up", true, first, third)
            .aliases(Map.of(second, third, "old", third)));

    sync();

    await().until(() -> modelOf(before), is(third));
    assertThat(notices(before).get(0).content()).contains("now called").contains(third);
    assertThat(modelOf(converse("old"))).isEqualTo(third);
    assertThat(modelOf(converse(second))).isEqualTo(third);
    api.as(
            ada,
            "POST",
            CONVERSATIONS,
            Map.of("kind", "assistant", "settings", Map.of("model", "none")))
        .then()
        .statusCode(404)
        .body("code", is("NOT_FOUND"))
        .body("field", is("settings.model"));
  }

  @Test
  void manyMoveOnceWhilePeopleWriteAndReplicasDie() throws InterruptedException {
    begin(new Report().provider("one", "up", true, first, second));
    List<String> chats = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      chats.add(converse(second));
    }
    script.next(new Report().provider("one", "up", true, first));

    sync();
    List<Thread> dying = sweeps.start(3);
    List<Thread> replicas = sweeps.start(3);
    for (int i = 0; i < chats.size(); i += 4) {
      api.commands(Api.say(ada, chats.get(i), "m" + i, "still here"));
      if (i == 20) {
        dying.forEach(Thread::interrupt);
      }
    }
    for (Thread each : replicas) {
      each.join();
    }

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> chats.stream().allMatch(chat -> first.equals(modelOf(chat))));
    for (String chat : chats) {
      Changes changes = api.changes(chat, "after_seq=0&limit=500");
      assertThat(notices(chat)).hasSize(1);
      List<Long> born = changes.messages().stream().map(Message::seq).distinct().toList();
      assertThat(born).hasSameSizeAs(changes.messages());
      assertThat(LongStream.rangeClosed(1, changes.upTo()).boxed().toList()).containsAll(born);
    }
  }
}

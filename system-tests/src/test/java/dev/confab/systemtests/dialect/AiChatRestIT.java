package dev.confab.systemtests.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.suite.Rest;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The REST paths of the dialect {@code ai-chat}. */
@SystemTest
@Tag("dialect")
@Order(220)
class AiChatRestIT {
  private static final String ROOT = "/ai-chat/api/";
  private static final List<String> SESSION =
      List.of(
          "id",
          "title",
          "model",
          "temperature",
          "max_tokens",
          "system_prompt",
          "tools_enabled",
          "is_active",
          "message_count",
          "created_at",
          "updated_at");
  private static final List<String> PRESET =
      List.of(
          "id",
          "name",
          "description",
          "system_prompt",
          "model",
          "temperature",
          "max_tokens",
          "tools_enabled",
          "is_public",
          "owner");

  private final Suite suite;
  private final Person anna;
  private final Person eve;

  AiChatRestIT(Suite suite) {
    this.suite = suite;
    this.anna = suite.newPerson();
    this.eve = suite.newPerson();
  }

  private RequestSpecification as(Person person) {
    return suite.rest().anonymous().header("Authorization", "Token " + person.accessToken());
  }

  private static JsonNode json(Response answer, int status) {
    answer.then().statusCode(status);
    return Rest.json(answer);
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> ids(JsonNode array) {
    assertThat(array.isArray()).isTrue();
    List<String> ids = new ArrayList<>();
    array.forEach(item -> ids.add(item.path("id").asText()));
    return ids;
  }

  private String newSession() {
    Map<String, Object> wish =
        Map.of("title", "Tea", "temperature", 0.3, "max_tokens", 200, "system_prompt", "Be brief.");
    return json(as(anna).body(wish).post(ROOT + "sessions/"), 201).path("id").asText();
  }

  @Test
  void sessions_are_made_and_listed() {
    String id = newSession();

    JsonNode list = json(as(anna).get(ROOT + "sessions/"), 200);

    assertThat(ids(list)).containsExactly(id);
    JsonNode session = list.get(0);
    assertThat(names(session)).containsExactlyInAnyOrderElementsOf(SESSION);
    assertThat(session.path("title").asText()).isEqualTo("Tea");
    assertThat(session.path("temperature").asDouble()).isEqualTo(0.3);
    assertThat(session.path("max_tokens").asInt()).isEqualTo(200);
    assertThat(session.path("system_prompt").asText()).isEqualTo("Be brief.");
    assertThat(session.path("is_active").asBoolean()).isTrue();
    assertThat(session.path("message_count").asInt()).isZero();
    assertThat(ids(json(as(eve).get(ROOT + "sessions"), 200))).isEmpty();
  }

  @Test
  void a_session_is_read_changed_and_deleted() {
    String path = ROOT + "sessions/" + newSession() + "/";

    assertThat(json(as(anna).get(path), 200).path("title").asText()).isEqualTo("Tea");
    JsonNode changed =
        json(as(anna).body(Map.of("title", "Coffee", "temperature", 1)).patch(path), 200);
    assertThat(changed.path("title").asText()).isEqualTo("Coffee");
    assertThat(changed.path("temperature").asDouble()).isEqualTo(1);
    assertThat(changed.path("max_tokens").asInt()).isEqualTo(200);
    JsonNode problem = json(as(anna).body(Map.of("temperature", 9)).patch(path), 400);
    assertThat(problem.path("code").asText()).isEqualTo("INVALID_VALUE");
    assertThat(problem.path("field").asText()).isEqualTo("temperature");
    as(anna).delete(path).then().statusCode(204);
    assertThat(json(as(anna).get(path), 200).path("is_active").asBoolean()).isFalse();
    assertThat(ids(json(as(anna).get(ROOT + "sessions/"), 200))).isEmpty();
  }

  @Test
  void a_message_is_answered_whole_over_http() {
    String path = ROOT + "sessions/" + newSession() + "/";

    JsonNode answer =
        json(as(anna).body(Map.of("message", "Hello")).post(path + "send_message/"), 200);

    assertThat(answer.path("user_message").path("content").asText()).isEqualTo("Hello");
    assertThat(answer.path("user_message").path("role").asText()).isEqualTo("user");
    assertThat(answer.path("ai_message").path("role").asText()).isEqualTo("assistant");
    assertThat(answer.path("ai_message").path("content").asText()).contains("Hello");
    JsonNode messages = json(as(anna).get(path + "messages/"), 200);
    assertThat(messages).containsExactly(answer.path("user_message"), answer.path("ai_message"));
    assertThat(json(as(anna).get(path), 200).path("message_count").asInt()).isEqualTo(2);
  }

  @Test
  void the_same_key_gets_the_same_answer() {
    String path = ROOT + "sessions/" + newSession() + "/send_message";
    Map<String, String> message = Map.of("message", "Hello");

    JsonNode first = json(as(anna).header("Idempotency-Key", "k1").body(message).post(path), 200);
    JsonNode again = json(as(anna).header("Idempotency-Key", "k1").body(message).post(path), 200);

    assertThat(again).isEqualTo(first);
  }

  @Test
  void a_stranger_finds_nothing() {
    String path = ROOT + "sessions/" + newSession() + "/";
    Map<String, String> message = Map.of("message", "x", "title", "x");

    for (Response answer :
        List.of(
            as(eve).get(path),
            as(eve).body(message).patch(path),
            as(eve).delete(path),
            as(eve).get(path + "messages/"),
            as(eve).body(message).post(path + "send_message/"))) {
      assertThat(json(answer, 404).path("code").asText()).isEqualTo("NOT_FOUND");
    }
  }

  @Test
  void without_a_good_token_there_is_nothing() {
    for (String path :
        List.of("sessions/", "models/", "presets/", "health/stats/", "sessions/x/messages/")) {
      assertThat(json(suite.rest().anonymous().get(ROOT + path), 401).path("code").asText())
          .isEqualTo("AUTH_REQUIRED");
    }
    suite
        .rest()
        .anonymous()
        .header("Authorization", "Token nonsense")
        .get(ROOT + "sessions/")
        .then()
        .statusCode(401);
    suite.rest().as(anna).get(ROOT + "sessions/").then().statusCode(200);
  }

  @Test
  void models_are_listed() {
    JsonNode models = json(as(anna).get(ROOT + "models/"), 200);

    assertThat(models.isArray()).isTrue();
    assertThat(models).isNotEmpty();
    assertThat(names(models.get(0))).contains("id", "name", "provider", "is_default", "is_active");
    assertThat(models).filteredOn(model -> model.path("is_default").asBoolean()).hasSize(1);
  }

  @Test
  void models_are_synchronised_by_operators() {
    Person operator = suite.operator();

    json(as(anna).post(ROOT + "models/sync_models/"), 403);
    JsonNode synced = json(as(operator).post(ROOT + "models/sync_models/"), 200);

    assertThat(synced.path("models")).isNotEmpty();
    assertThat(synced.path("active").asInt()).isEqualTo(synced.path("models").size());
  }

  private String newPreset(boolean isPublic) {
    Map<String, Object> wish =
        Map.of(
            "name",
            "Chef",
            "description",
            "Cooks",
            "system_prompt",
            "You cook.",
            "temperature",
            0.4,
            "max_tokens",
            300,
            "is_public",
            isPublic);
    JsonNode preset = json(as(anna).body(wish).post(ROOT + "presets/"), 201);
    assertThat(names(preset)).containsExactlyInAnyOrderElementsOf(PRESET);
    assertThat(preset.path("name").asText()).isEqualTo("Chef");
    assertThat(preset.path("owner").asText()).isEqualTo(anna.name());
    return preset.path("id").asText();
  }

  @Test
  void presets_are_made_and_listed() {
    String own = newPreset(false);
    String shared = newPreset(true);

    assertThat(ids(json(as(anna).get(ROOT + "presets/"), 200))).contains(own, shared);
    assertThat(ids(json(as(eve).get(ROOT + "presets/"), 200))).contains(shared).doesNotContain(own);
  }

  @Test
  void a_preset_is_read_changed_and_deleted() {
    String path = ROOT + "presets/" + newPreset(false) + "/";

    assertThat(json(as(anna).get(path), 200).path("system_prompt").asText()).isEqualTo("You cook.");
    json(as(eve).get(path), 404);
    assertThat(json(as(anna).body(Map.of("name", "Baker")).patch(path), 200).path("name").asText())
        .isEqualTo("Baker");
    as(anna).delete(path).then().statusCode(204);
    json(as(anna).get(path), 404);
  }

  @Test
  void a_session_begins_with_a_preset() {
    String path = ROOT + "presets/" + newPreset(false) + "/create_session_from_preset/";

    JsonNode session = json(as(anna).body(Map.of()).post(path), 201);

    assertThat(names(session)).containsExactlyInAnyOrderElementsOf(SESSION);
    assertThat(session.path("system_prompt").asText()).isEqualTo("You cook.");
    assertThat(session.path("temperature").asDouble()).isEqualTo(0.4);
    json(as(eve).body(Map.of()).post(path), 404);
  }

  @Test
  void everybody_may_know_whether_a_provider_is_up() {
    JsonNode health = json(suite.rest().anonymous().get(ROOT + "health/llm_server/"), 200);

    assertThat(names(health)).containsExactlyInAnyOrder("status", "providers");
    assertThat(health.path("status").asText()).isEqualTo("up");
    health.path("providers").forEach(state -> assertThat(state.asText()).isIn("up", "down"));
  }

  @Test
  void statistics_are_ones_own() {
    String path = ROOT + "sessions/" + newSession() + "/send_message/";
    json(as(anna).body(Map.of("message", "Hello")).post(path), 200);

    JsonNode stats =
        org.awaitility.Awaitility.await()
            .until(
                () -> json(as(anna).get(ROOT + "health/stats/"), 200),
                now -> now.path("total_tokens").asInt() > 0);

    assertThat(names(stats))
        .containsExactlyInAnyOrder(
            "total_sessions",
            "active_sessions",
            "total_messages",
            "total_tokens",
            "by_model",
            "by_day");
    assertThat(stats.path("total_sessions").asInt()).isEqualTo(1);
    assertThat(stats.path("total_messages").asInt()).isEqualTo(2);
    assertThat(json(as(eve).get(ROOT + "health/stats/"), 200).path("total_messages").asInt())
        .isZero();
  }
}

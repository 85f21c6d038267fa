package dev.confab.ai.journey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItems;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ScriptedWorld.class)
class RestIT {
  @Test
  void listsConfiguredAndListedModelsOnce() {
    await().atMost(Duration.ofSeconds(20)).until(() -> models().asString().contains("listed-1"));

    models()
        .then()
        .statusCode(200)
        .body("models.id", hasItems("main", "backup", "listed-1"))
        .body("models.find { it.id == 'main' }.is_default", equalTo(true))
        .body("models.find { it.id == 'backup' }.is_default", equalTo(false))
        .body("models.find { it.id == 'backup' }.provider", equalTo("llm-server"))
        .body("models.find { it.id == 'listed-1' }.context_length", equalTo(4096))
        .body("providers.name", contains("confab", "llm-server"))
        .body("providers[0].listed", equalTo(true))
        .body("providers[0].endpoints", equalTo(1))
        .body("providers[0].failures_in_a_row", greaterThanOrEqualTo(0))
        .body("aliases.old", equalTo("main"));
  }

  @Test
  void asksEveryProviderWhenToldTo() {
    ScriptedWorld.llm.lists("listed-1", "listed-2");
    try {
      given()
          .auth()
          .oauth2(ScriptedWorld.token("service"))
          .post("/internal/models/sync")
          .then()
          .statusCode(200)
          .body("models.id", hasItems("listed-2"))
          .body("providers.state", everyItem(equalTo("up")));
    } finally {
      ScriptedWorld.llm.lists("listed-1");
    }
  }

  private static Response models() {
    return given().auth().oauth2(ScriptedWorld.token("service")).get("/internal/models");
  }

  @Test
  void completesAsAWhole() {
    ScriptedWorld.llm.on(
        "whole", x -> x.headers().token("A ").token("title").finish("stop", 7, 2).done());

    complete(
            "{\"model\":\"whole\",\"max_tokens\":20,\"messages\":[{\"role\":\"system\",\"content\":\"S\"},{\"role\":\"user\",\"content\":\"U\"}]}")
        .then()
        .statusCode(200)
        .body("text", equalTo("A title"))
        .body("model", equalTo("whole"))
        .body("provider", equalTo("confab"))
        .body("usage.total_tokens", equalTo(9))
        .body("finish_reason", equalTo("stop"));
  }

  @Test
  void saysWhenNobodyCompletes() {
    ScriptedWorld.llm.on("gone", x -> x.status(500));
    ScriptedWorld.llm.on("backup", x -> x.status(500));

    complete("{\"model\":\"gone\",\"messages\":[{\"role\":\"user\",\"content\":\"U\"}]}")
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .body("code", equalTo("AI_UNAVAILABLE"));
    complete("{\"messages\":[{\"role\":\"robot\",\"content\":\"U\"}]}")
        .then()
        .statusCode(400)
        .body("field", equalTo("messages"));
    complete("{\"messages\":").then().statusCode(400);
  }

  private static Response complete(String body) {
    return given()
        .auth()
        .oauth2(ScriptedWorld.token("service"))
        .contentType("application/json")
        .body(body)
        .post("/internal/completions");
  }

  @Test
  void letsOnlyServicesInside() {
    given()
        .auth()
        .oauth2(ScriptedWorld.token("service"))
        .get("/internal/models")
        .then()
        .statusCode(200);
    given()
        .auth()
        .oauth2(ScriptedWorld.token("user"))
        .get("/internal/models")
        .then()
        .statusCode(403)
        .contentType("application/problem+json")
        .body("code", equalTo("FORBIDDEN"));
  }

  @Test
  void refusesStrangersWithAProblemDocument() {
    given()
        .get("/internal/models")
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", containsString("Bearer"))
        .contentType("application/problem+json")
        .body("code", equalTo("AUTH_REQUIRED"));
    given().auth().oauth2("no.such.token").get("/internal/models").then().statusCode(401);
    given()
        .get("/nowhere")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("code", equalTo("NOT_FOUND"));
  }

  @Test
  void isReadyWhateverItsProvidersDo() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> given().get("/q/health/ready").statusCode() == 200);
    given().get("/q/health/live").then().statusCode(200);
    assertThat(given().get("/q/metrics").asString()).contains("confab_ai_replies_running");
  }
}

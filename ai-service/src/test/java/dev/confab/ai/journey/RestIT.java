package dev.confab.ai.journey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
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
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> models("user").asString().contains("listed"));

    models("user")
        .then()
        .statusCode(200)
        .body("models.id", hasItems("main", "backup", "listed"))
        .body("models.find { it.id == 'main' }.is_default", equalTo(true))
        .body("models.find { it.id == 'backup' }.is_default", equalTo(false))
        .body("models.find { it.id == 'backup' }.provider", equalTo("llm-server"));
  }

  private static Response models(String group) {
    return given().auth().oauth2(ScriptedWorld.token(group)).get("/api/v1/models");
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
        .get("/api/v1/models")
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", containsString("Bearer"))
        .contentType("application/problem+json")
        .body("code", equalTo("AUTH_REQUIRED"));
    given().auth().oauth2("no.such.token").get("/api/v1/models").then().statusCode(401);
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

package dev.confab.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.oneOf;

import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.suite.Measurements;
import dev.confab.systemtests.suite.Rest;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The public origin: what is reached through a gateway and what is not; health of all services. */
@SystemTest
@Tag("journey")
@Order(100)
class OriginIT {
  private static final long RESIDENT_LIMIT_MB = 350;

  private final Suite suite;

  OriginIT(Suite suite) {
    this.suite = suite;
  }

  @Test
  void rest_of_every_service_is_served_by_every_gateway() {
    Person anna = suite.newPerson();
    for (URI gateway : suite.gateways()) {
      Rest rest = new Rest(gateway);
      rest.as(anna).get("/api/v1/auth/me").then().statusCode(200).body("id", equalTo(anna.id()));
      rest.as(anna).get("/api/v1/conversations").then().statusCode(200);
      rest.as(anna).get("/api/v1/models").then().statusCode(200);
      rest.anonymous()
          .get("/.well-known/jwks.json")
          .then()
          .statusCode(200)
          .body("keys[0].kid", notNullValue());
    }
  }

  @Test
  void a_page_is_served_at_the_root() {
    for (URI gateway : suite.gateways()) {
      RestAssured.given()
          .baseUri(gateway.toString())
          .get("/")
          .then()
          .statusCode(200)
          .contentType(containsString("text/html"));
    }
  }

  @Test
  void internal_paths_are_not_served() {
    Person anna = suite.newPerson();
    for (String path :
        List.of(
            "/internal/models",
            "/internal/commands",
            "/internal/heads",
            "/internal/token",
            "/api/v1/../../internal/models",
            "/api/v1/%2e%2e/%2e%2e/internal/models",
            "//internal/models",
            "/INTERNAL/models")) {
      suite.rest().as(anna).urlEncodingEnabled(false).get(path).then().statusCode(oneOf(400, 404));
    }
  }

  @Test
  void internal_paths_want_a_service_token() {
    Person anna = suite.newPerson();
    suite
        .services()
        .forEach(
            (name, url) -> {
              if (name.startsWith("chat")) {
                new Rest(url)
                    .as(anna)
                    .body(Map.of("ids", List.of()))
                    .post("/internal/heads")
                    .then()
                    .statusCode(403);
              }
              if (name.startsWith("ai")) {
                new Rest(url).as(anna).get("/internal/models").then().statusCode(403);
                new Rest(url).anonymous().get("/internal/models").then().statusCode(401);
              }
            });
  }

  @Test
  void errors_over_rest_are_problem_documents() {
    Person anna = suite.newPerson();
    Rest rest = suite.rest();
    rest.anonymous().get("/api/v1/conversations").then().statusCode(401);
    rest.as(anna)
        .body("{ this is not json")
        .post("/api/v1/conversations")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", notNullValue());
    rest.as(anna)
        .body(Map.of("kind", "committee"))
        .post("/api/v1/conversations")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("INVALID_VALUE"))
        .body("field", equalTo("kind"));
    rest.as(anna).get("/api/v1/no-such-thing").then().statusCode(404);
  }

  @Test
  void socket_io_is_told_the_native_way() {
    suite
        .rest()
        .anonymous()
        .get("/socket.io/?EIO=4&transport=polling")
        .then()
        .statusCode(400)
        .body(containsString("/api/v1/chat/ws"));
  }

  @Test
  void every_service_is_live_ready_and_started_and_has_metrics() {
    suite
        .services()
        .forEach(
            (name, url) -> {
              for (String probe : List.of("live", "ready", "started")) {
                RestAssured.given()
                    .baseUri(url.toString())
                    .get("/q/health/" + probe)
                    .then()
                    .statusCode(200)
                    .body("status", equalTo("UP"));
              }
              RestAssured.given()
                  .baseUri(url.toString())
                  .get("/q/metrics")
                  .then()
                  .statusCode(200)
                  .body(containsString("jvm_memory_used_bytes"));
            });
  }

  @Test
  void services_stay_within_their_memory() {
    Map<String, Long> resident = new TreeMap<>(suite.residentMb());
    Measurements.note("resident MiB", resident.toString());
    assertThat(resident)
        .isNotEmpty()
        .allSatisfy((name, mb) -> assertThat(mb).as(name).isPositive());
    resident.forEach(
        (name, mb) -> {
          if (name.matches("(gateway|chat|ai|auth).*")) {
            assertThat(mb).as(name).isLessThan(RESIDENT_LIMIT_MB);
          }
        });
  }
}

package dev.confab.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.suite.Rest;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The description of the public origin. */
@SystemTest
@Tag("journey")
@Order(130)
class OpenApiIT {
  private final Suite suite;

  OpenApiIT(Suite suite) {
    this.suite = suite;
  }

  private JsonNode document() {
    Response answer = suite.rest().anonymous().get("/api/v1/openapi.json");
    answer.then().statusCode(200).contentType("application/json");
    return Rest.json(answer);
  }

  private static List<String> paths(JsonNode document) {
    List<String> paths = new ArrayList<>();
    document.path("paths").fieldNames().forEachRemaining(paths::add);
    return paths;
  }

  @Test
  void it_names_every_services_paths_and_no_internal_one() {
    assertThat(paths(document()))
        .contains(
            "/api/v1/auth/login",
            "/api/v1/auth/tokens",
            "/api/v1/conversations/{id}/messages",
            "/api/v1/status",
            "/ai-chat/api/sessions/{id}/send_message/")
        .noneMatch(path -> path.contains("internal"));
  }

  @Test
  void every_reference_leads_somewhere() {
    JsonNode document = document();
    List<String> references = new ArrayList<>();
    document.findValues("$ref").forEach(reference -> references.add(reference.asText()));

    assertThat(references).isNotEmpty();
    assertThat(references)
        .allSatisfy(
            reference ->
                assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse());
  }

  @Test
  void every_path_leads_somewhere() {
    JsonNode document = document();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(method -> leadsSomewhere(method, path.getKey())));
  }

  /** Whoever has not signed in is told so, or served; never that there is nothing. */
  private void leadsSomewhere(String method, String path) {
    if (!List.of("get", "post", "put", "patch", "delete").contains(method)) {
      return;
    }
    String somewhere = path.replaceAll("\\{[^}]*}", "01900000-0000-7000-8000-000000000000");
    Response answer = suite.rest().anonymous().body("{}").request(method, somewhere);
    assertThat(answer.statusCode()).as(method + " " + path).isNotIn(404, 405, 500, 502, 503);
  }

  @Test
  void people_can_read_it() {
    Response page = suite.rest().anonymous().get("/api/v1/docs/");

    page.then().statusCode(200);
    assertThat(page.asString()).contains("/api/v1/openapi.json").doesNotContain("https://");
    assertThat(page.header("Content-Security-Policy")).contains("script-src 'self'");
    assertThat(suite.rest().anonymous().get("/api/v1/status").header("Content-Security-Policy"))
        .doesNotContain("unsafe-inline");
  }
}

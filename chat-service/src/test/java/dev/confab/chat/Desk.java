package dev.confab.chat;

import static io.restassured.RestAssured.given;

import dev.confab.chat.Api.Person;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What administrators, operators and visitors ask of a support desk. */
final class Desk {
  private static final String SITES = "/api/v1/support/sites";
  private static final String DIALOGS = "/api/v1/support/dialogs";

  private final Person admin;

  Desk(Person admin) {
    this.admin = admin;
  }

  Response as(Person person, String role, String method, String path, Object body) {
    var request = given().auth().oauth2(person.token(role));
    if (body != null) {
      request = request.contentType("application/json").body(body);
    }
    return request.request(method, path);
  }

  /** A site; its id. */
  String site(Map<String, Object> wanted) {
    return as(admin, "admin", "POST", SITES, wanted).then().statusCode(201).extract().path("id");
  }

  void patchSite(String site, Map<String, Object> patch) {
    as(admin, "admin", "PATCH", SITES + "/" + site, patch).then().statusCode(200);
  }

  void operators(String site, Person... operators) {
    List<String> ids = Stream.of(operators).map(each -> each.id().toString()).toList();
    as(admin, "admin", "PUT", SITES + "/" + site + "/operators", Map.of("user_ids", ids))
        .then()
        .statusCode(200);
  }

  /** A dialog that somebody opened, with the visitor's token. */
  record Opened(String id, String token) {
    Response ask(String method, String path, Object body) {
      var request = given().auth().oauth2(token);
      if (body != null) {
        request = request.contentType("application/json").body(body);
      }
      return request.request(method, path);
    }

    void say(String text) {
      ask("POST", "/api/v1/conversations/" + id + "/messages", Map.of("content", text))
          .then()
          .statusCode(201);
    }

    /** Asks for a person; no reply runs. */
    Opened handOff() {
      ask("POST", DIALOGS + "/" + id + "/handoff", Map.of()).then().statusCode(200);
      return this;
    }
  }

  /** A visitor's dialog at a site. */
  Opened visitor(String site, Map<String, Object> more) {
    Map<String, Object> asked = new HashMap<>(more);
    asked.put("site_id", site);
    JsonPath opened = open(asked, null).then().statusCode(201).extract().jsonPath();
    return new Opened(opened.getString("conversation.id"), opened.getString("visitor_token"));
  }

  /** Opens a dialog as a browser of that origin would, or as no browser. */
  Response open(Map<String, Object> asked, String origin) {
    var request = given().contentType("application/json").body(asked);
    return (origin == null ? request : request.header("Origin", origin)).post(DIALOGS);
  }

  /** Opens a dialog as a gateway does. */
  JsonPath openInternally(Map<String, Object> asked) {
    return given()
        .auth()
        .oauth2(TestTokens.service())
        .contentType("application/json")
        .body(asked)
        .post("/internal/support/dialogs")
        .then()
        .statusCode(201)
        .extract()
        .jsonPath();
  }
}

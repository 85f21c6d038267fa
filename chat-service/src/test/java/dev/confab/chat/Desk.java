package dev.confab.chat;

import static io.restassured.RestAssured.given;

import dev.confab.chat.Api.Person;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
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

  void operators(String site, Person... operators) {
    List<String> ids = Stream.of(operators).map(each -> each.id().toString()).toList();
    as(admin, "admin", "PUT", SITES + "/" + site + "/operators", Map.of("user_ids", ids))
        .then()
        .statusCode(200);
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

package dev.confab.auth.profile;

import static dev.confab.auth.RunningAuth.AUTH;
import static dev.confab.auth.RunningAuth.accessToken;
import static dev.confab.auth.RunningAuth.as;
import static dev.confab.auth.RunningAuth.json;
import static dev.confab.auth.RunningAuth.newName;
import static dev.confab.auth.RunningAuth.register;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.confab.auth.RunningAuth;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(RunningAuth.Profile.class)
class ProfileIT {
  private static final String USERS = "/api/v1/users";

  @Test
  void changesWhatIsThereAndLeavesTheRest() {
    var me = accessToken(register(newName()));
    patch(me, "{\"name\":\" Ada \",\"default_model\":\"m\"}").statusCode(200);

    patch(me, "{\"presence\":\"offline\",\"default_model\":null}")
        .statusCode(200)
        .body("name", equalTo("Ada"))
        .body("presence", equalTo("offline"))
        .body("default_model", nullValue());
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"name\":\"\"}', name",
    "'{\"name\":null}', name",
    "'{\"name\":7}', name",
    "'{\"presence\":\"away\"}', presence",
  })
  void badChangesNameTheField(String body, String field) {
    patch(accessToken(register(newName())), body)
        .statusCode(400)
        .body("code", equalTo("INVALID_VALUE"))
        .body("field", equalTo(field));
  }

  @Test
  void nobodyIsNobody() {
    given()
        .get(AUTH + "me")
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", "Bearer")
        .body("code", equalTo("AUTH_REQUIRED"));
  }

  @Test
  void findsPeopleByTheBeginningOfTheirNames() {
    var name = newName();
    var me = accessToken(register(name));
    patch(me, "{\"name\":\"Zoe %s\"}".formatted(name)).statusCode(200);

    search(me, name.toUpperCase()).body("items.username", equalTo(List.of(name)));
    search(me, "zoe " + name).body("items.username", equalTo(List.of(name)));
    search(me, name.substring(1)).body("items", empty());
    search(me, "%").body("items", empty());
  }

  @Test
  void pagesThroughMany() {
    var prefix = newName();
    var me = accessToken(register(prefix + "a"));
    register(prefix + "b");

    String cursor =
        as(me)
            .queryParam("q", prefix)
            .queryParam("limit", 1)
            .get(USERS)
            .then()
            .body("items", hasSize(1))
            .body("next_cursor", notNullValue())
            .extract()
            .path("next_cursor");

    as(me)
        .queryParam("q", prefix)
        .queryParam("cursor", cursor)
        .get(USERS)
        .then()
        .body("items.username", equalTo(List.of(prefix + "b")))
        .body("next_cursor", nullValue());
  }

  @Test
  void aSearchHasBounds() {
    var me = accessToken(register(newName()));

    search(me, "").statusCode(400).body("field", equalTo("q"));
    as(me)
        .queryParam("q", "a")
        .queryParam("limit", 51)
        .get(USERS)
        .then()
        .statusCode(400)
        .body("field", equalTo("limit"));
  }

  @Test
  void guestsDoNotSearchAndAreNotFound() {
    var name = newName();
    var guest = accessToken(json("{\"name\":\"%s\"}".formatted(name)).post(AUTH + "guest").then());

    search(guest, name).statusCode(403);
    search(accessToken(register(newName())), name).body("items", empty());
  }

  private static ValidatableResponse patch(String as, String body) {
    return as(as).contentType(ContentType.JSON).body(body).patch(AUTH + "me").then();
  }

  private static ValidatableResponse search(String as, String prefix) {
    return as(as).queryParam("q", prefix).get(USERS).then();
  }
}

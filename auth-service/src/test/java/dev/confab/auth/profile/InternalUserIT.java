package dev.confab.auth.profile;

import static dev.confab.auth.RunningAuth.accessToken;
import static dev.confab.auth.RunningAuth.as;
import static dev.confab.auth.RunningAuth.newName;
import static dev.confab.auth.RunningAuth.register;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.confab.auth.RunningAuth;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(RunningAuth.Profile.class)
class InternalUserIT {
  private static final String USERS = "/internal/users";

  private static String service() {
    return given()
        .auth()
        .preemptive()
        .basic("gateway", "gateway-secret")
        .formParam("grant_type", "client_credentials")
        .post("/internal/token")
        .path("access_token");
  }

  private static ValidatableResponse find(String token, Map<String, ?> body) {
    return as(token).contentType(ContentType.JSON).body(body).post(USERS).then();
  }

  @Test
  void usersAreFoundByWholeUserNamesAndIds() {
    var ada = newName();
    var bob = newName();
    String adasId = register(ada).extract().path("user.id");
    register(bob);
    var asked =
        Map.of(
            "usernames", List.of(bob.toUpperCase(Locale.ROOT), ada.substring(0, 5)),
            "ids", List.of(adasId, UUID.randomUUID().toString()));

    find(service(), asked)
        .statusCode(200)
        .body("items.username", containsInAnyOrder(ada, bob))
        .body("items.name", containsInAnyOrder(ada, bob));
    find(service(), Map.of("ids", List.of(adasId))).body("items.id", contains(adasId));
    find(service(), Map.of()).statusCode(200).body("items", empty());
  }

  @Test
  void onlyServicesAskAndNotForTooMany() {
    var user = accessToken(register(newName()));
    find(user, Map.of()).statusCode(403);
    given().contentType(ContentType.JSON).body("{}").post(USERS).then().statusCode(401);
    find(service(), Map.of("usernames", Collections.nCopies(201, "x")))
        .statusCode(400)
        .body("field", equalTo("usernames"));
  }
}

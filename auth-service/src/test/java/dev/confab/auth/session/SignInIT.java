package dev.confab.auth.session;

import static dev.confab.auth.RunningAuth.AUTH;
import static dev.confab.auth.RunningAuth.PASSWORD;
import static dev.confab.auth.RunningAuth.accessToken;
import static dev.confab.auth.RunningAuth.as;
import static dev.confab.auth.RunningAuth.json;
import static dev.confab.auth.RunningAuth.login;
import static dev.confab.auth.RunningAuth.newName;
import static dev.confab.auth.RunningAuth.refresh;
import static dev.confab.auth.RunningAuth.refreshToken;
import static dev.confab.auth.RunningAuth.register;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.confab.auth.RunningAuth;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(RunningAuth.Profile.class)
class SignInIT {
  @Test
  void registeringSignsIn() {
    var name = newName();

    register(name.toUpperCase())
        .statusCode(201)
        .header("Cache-Control", "no-store")
        .body("token_type", equalTo("Bearer"))
        .body("expires_in", equalTo(900))
        .body("refresh_token", notNullValue())
        .body("user.username", equalTo(name))
        .body("user.name", equalTo(name.toUpperCase()))
        .body("user.roles", equalTo(List.of("user")));
  }

  @Test
  void signsInByUsernameOrAddressWhateverTheCase() {
    var name = newName();
    register(name).statusCode(201);

    login(name.toUpperCase(), PASSWORD).statusCode(200).body("user.username", equalTo(name));
    login(name + "@EXAMPLE.org", PASSWORD).statusCode(200).body("user.username", equalTo(name));
  }

  @Test
  void theAccountsFileMadeItsAccounts() {
    login("file.admin", "password of a file")
        .statusCode(200)
        .body("user.roles", equalTo(List.of("user", "admin")));
  }

  @Test
  void wrongPasswordsAndUnknownNamesGetTheSameAnswer() {
    var name = newName();
    register(name).statusCode(201);

    var wrong = login(name, "wrong horse").statusCode(401).extract().asString();
    var unknown = login(newName(), "wrong horse").statusCode(401).extract().asString();

    assertThat(wrong).isEqualTo(unknown).contains("AUTH_REQUIRED");
  }

  @ParameterizedTest
  @CsvSource({
    "'a b',      a@example.org, correct horse, username",
    "'ab',       a@example.org, correct horse, username",
    "abcd,       a.example.org, correct horse, email",
    "abcd,       a@example.org, short,         password",
  })
  void badInputNamesTheFieldAndTheRule(String name, String email, String password, String field) {
    json(Map.of("username", name, "email", email, "password", password))
        .post(AUTH + "register")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("INVALID_VALUE"))
        .body("field", equalTo(field))
        .body("detail", notNullValue());
  }

  @Test
  void takenNamesAndAddressesConflict() {
    var name = newName();
    register(name).statusCode(201);

    register(name).statusCode(409).body("code", equalTo("CONFLICT")).body("field", notNullValue());
    json(Map.of("username", newName(), "email", name + "@example.org", "password", PASSWORD))
        .post(AUTH + "register")
        .then()
        .statusCode(409)
        .body("field", equalTo("email"));
  }

  @Test
  void ofManyWhoWantOneNameOneGetsIt() throws Exception {
    var name = newName();

    var statuses = atOneTime(8, () -> register(name).extract().statusCode());

    assertThat(statuses).containsOnlyOnce(201).contains(409);
  }

  @ParameterizedTest
  @CsvSource({"'{\"username\":', 400", "'[]', 400", "'', 400", "'{\"username\":{}}', 400"})
  void whatIsNoProperBodyIsAProblem(String body, int status) {
    json(body)
        .post(AUTH + "login")
        .then()
        .statusCode(status)
        .contentType("application/problem+json");
  }

  @Test
  void pathsAndMethodsThatAreNotThereAreProblems() {
    given().get(AUTH + "nothing").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
    given().get(AUTH + "login").then().statusCode(405).body("status", equalTo(405));
    given()
        .contentType("text/plain")
        .body("x")
        .post(AUTH + "login")
        .then()
        .statusCode(415)
        .contentType("application/problem+json");
  }

  @Test
  void refreshingRenewsBothTokens() {
    var first = register(newName());

    var second = refresh(refreshToken(first)).statusCode(200);

    assertThat(refreshToken(second)).isNotEqualTo(refreshToken(first));
    as(accessToken(second)).get(AUTH + "me").then().statusCode(200);
    refresh(refreshToken(second)).statusCode(200);
  }

  @Test
  void aRefreshTokenUsedTwiceEndsItsSession() {
    var first = register(newName());
    var second = refresh(refreshToken(first)).statusCode(200);

    refresh(refreshToken(first)).statusCode(401).body("code", equalTo("AUTH_REQUIRED"));

    refresh(refreshToken(second)).statusCode(401);
    as(accessToken(second)).get(AUTH + "me").then().statusCode(401);
  }

  @Test
  void ofManyWhoUseOneRefreshTokenOneGetsThrough() throws Exception {
    var token = refreshToken(register(newName()));

    var statuses = atOneTime(6, () -> refresh(token).extract().statusCode());

    assertThat(statuses).containsOnlyOnce(200).contains(401);
  }

  @Test
  void anUnknownRefreshTokenIsRefused() {
    refresh(RefreshToken.first().written()).statusCode(401);
    refresh("junk").statusCode(401);
  }

  @Test
  void loggingOutEndsTheSession() {
    var session = register(newName());

    as(accessToken(session)).post(AUTH + "logout").then().statusCode(204);

    as(accessToken(session)).get(AUTH + "me").then().statusCode(401);
    refresh(refreshToken(session)).statusCode(401);
  }

  @Test
  void guestsGetInWithoutAnAccount() {
    var guest =
        json("{\"name\":\"Visitor\"}")
            .post(AUTH + "guest")
            .then()
            .statusCode(201)
            .body("user.name", equalTo("Visitor"))
            .body("user.username", nullValue())
            .body("user.roles", hasSize(1));

    as(accessToken(guest)).get(AUTH + "me").then().statusCode(200);
    as(accessToken(guest)).get(AUTH + "tokens").then().statusCode(403);
  }

  @Test
  void tooManyFailuresLockTheAccountForATime() {
    var name = newName();
    register(name).statusCode(201);
    for (int i = 0; i < 10; i++) {
      login(i % 2 == 0 ? name : name + "@example.org", "wrong horse").statusCode(401);
    }

    login(name, PASSWORD)
        .statusCode(429)
        .header("Retry-After", notNullValue())
        .body("code", equalTo("RATE_LIMITED"))
        .body("retry_after_ms", lessThanOrEqualTo(900_000));
  }

  @Test
  void successForgetsEarlierFailures() {
    var name = newName();
    register(name).statusCode(201);

    for (int i = 0; i < 12; i++) {
      login(name, i % 6 == 5 ? PASSWORD : "wrong horse").statusCode(i % 6 == 5 ? 200 : 401);
    }
  }

  @Test
  void ofManyGuessesAtOneTimeNoMoreThanTheLimitAreAnswered() throws Exception {
    var name = newName();
    register(name).statusCode(201);

    var statuses = atOneTime(30, () -> login(name, "wrong horse").extract().statusCode());

    assertThat(Collections.frequency(statuses, 401)).isEqualTo(10);
    assertThat(Collections.frequency(statuses, 429)).isEqualTo(20);
  }

  @Test
  void manyRightSignInsAtOneTimeAllPass() throws Exception {
    var name = newName();
    register(name).statusCode(201);

    var statuses = atOneTime(30, () -> login(name, PASSWORD).extract().statusCode());

    assertThat(statuses).containsOnly(200);
  }

  private static <T> List<T> atOneTime(int times, Callable<T> call) throws Exception {
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (var done : callers.invokeAll(Collections.nCopies(times, call))) {
        results.add(done.get());
      }
      return results;
    }
  }
}

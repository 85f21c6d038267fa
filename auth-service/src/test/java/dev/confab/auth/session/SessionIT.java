package dev.confab.auth.session;

import static dev.confab.auth.RunningAuth.AUTH;
import static dev.confab.auth.RunningAuth.PASSWORD;
import static dev.confab.auth.RunningAuth.accessToken;
import static dev.confab.auth.RunningAuth.as;
import static dev.confab.auth.RunningAuth.login;
import static dev.confab.auth.RunningAuth.newName;
import static dev.confab.auth.RunningAuth.refresh;
import static dev.confab.auth.RunningAuth.refreshToken;
import static dev.confab.auth.RunningAuth.register;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.confab.auth.AuthConfig;
import dev.confab.auth.RunningAuth;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(RunningAuth.Profile.class)
class SessionIT {
  @Inject Sweeper sweeper;
  @Inject AuthConfig config;

  @Test
  void listsOnesOwnSignInsAndTellsTheirOwn() {
    var name = newName();
    register(name);
    var second = accessToken(login(name, PASSWORD));

    as(second)
        .get(AUTH + "sessions")
        .then()
        .statusCode(200)
        .body("items.current", contains(true, false));
  }

  @Test
  void endsOneOfOnesOwn() {
    var name = newName();
    var first = register(name);
    var second = accessToken(login(name, PASSWORD));

    as(second).delete(AUTH + "sessions/" + sessionId(first)).then().statusCode(204);

    as(accessToken(first)).get(AUTH + "me").then().statusCode(401);
    as(second).get(AUTH + "me").then().statusCode(200);
  }

  @Test
  void othersSessionsAreNotFound() {
    var mine = accessToken(register(newName()));
    var theirs = sessionId(register(newName()));

    as(mine).delete(AUTH + "sessions/" + theirs).then().statusCode(404);
    as(mine).delete(AUTH + "sessions/" + UUID.randomUUID()).then().statusCode(404);
  }

  @Test
  void endsAllOthers() {
    var name = newName();
    var first = register(name);
    var second = login(name, PASSWORD);

    as(accessToken(second)).delete(AUTH + "sessions").then().statusCode(204);

    refresh(refreshToken(first)).statusCode(401);
    refresh(refreshToken(second)).statusCode(200);
  }

  @Test
  void changingThePasswordEndsAllOthers() {
    var name = newName();
    var first = register(name);
    var second = accessToken(login(name, PASSWORD));

    changePassword(second, "not it at all", "another horse")
        .statusCode(400)
        .body("field", equalTo("current_password"));
    changePassword(second, PASSWORD, "short")
        .statusCode(400)
        .body("field", equalTo("new_password"));
    changePassword(second, PASSWORD, "another horse").statusCode(204);

    refresh(refreshToken(first)).statusCode(401);
    as(second).get(AUTH + "me").then().statusCode(200);
    login(name, PASSWORD).statusCode(401);
    login(name, "another horse").statusCode(200);
  }

  @Test
  void apiTokensAreTokensUntilTheyAreEnded() {
    var me = accessToken(register(newName()));

    var made =
        newToken(me, Map.of("name", "bot", "expires_in_days", 7))
            .statusCode(201)
            .header("Cache-Control", "no-store");
    String token = made.extract().path("token");
    as(token).get(AUTH + "me").then().statusCode(200);
    as(me)
        .get(AUTH + "tokens")
        .then()
        .body("items", hasSize(1))
        .body("items[0].token", nullValue());
    as(me).delete(AUTH + "tokens/" + made.extract().path("id")).then().statusCode(204);

    as(token).get(AUTH + "me").then().statusCode(401);
  }

  @Test
  void anApiTokenCannotMakeAnother() {
    String token =
        newToken(accessToken(register(newName())), Map.of("name", "bot")).extract().path("token");

    newToken(token, Map.of("name", "another")).statusCode(403).body("code", equalTo("FORBIDDEN"));
    changePassword(token, PASSWORD, "another horse").statusCode(403);
  }

  @Test
  void apiTokensLiveNinetyDaysAtMost() {
    var me = accessToken(register(newName()));

    newToken(me, Map.of("name", "bot", "expires_in_days", 91))
        .statusCode(400)
        .body("field", equalTo("expires_in_days"));
    newToken(me, Map.of("name", " ")).statusCode(400).body("field", equalTo("name"));
  }

  @Test
  void theOldestSignInMakesRoomForOneTooMany() {
    var name = newName();
    var first = register(name);
    var account = UUID.fromString(first.extract().path("user.id"));
    copySession(account, config.lifetimes().sessionsPerAccount() - 1);

    login(name, PASSWORD).statusCode(200);

    as(accessToken(first)).get(AUTH + "me").then().statusCode(401);
  }

  @Test
  void sweepsWhatNobodyCanUse() {
    var expired = sessionId(register(newName()));
    var loggedOut = register(newName());
    var revoked = sessionId(loggedOut);
    var living = sessionId(register(newName()));
    as(accessToken(loggedOut)).post(AUTH + "logout").then().statusCode(204);
    age(expired);
    age(revoked);

    sweeper.sweep();

    assertThat(exists(expired)).isFalse();
    assertThat(exists(revoked)).isFalse();
    assertThat(exists(living)).isTrue();
  }

  private static ValidatableResponse newToken(String as, Map<String, Object> body) {
    return as(as).contentType(ContentType.JSON).body(body).post(AUTH + "tokens").then();
  }

  private static ValidatableResponse changePassword(String as, String from, String to) {
    return as(as)
        .contentType(ContentType.JSON)
        .body(Map.of("current_password", from, "new_password", to))
        .post(AUTH + "password")
        .then();
  }

  static UUID sessionId(ValidatableResponse signedIn) {
    var refresh = RefreshToken.parse(refreshToken(signedIn)).orElseThrow();
    return QuarkusTransaction.requiringNew()
        .call(() -> Session.byFamily(refresh.familyHash()).orElseThrow().id);
  }

  private static void copySession(UUID account, int times) {
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              for (int i = 0; i < times; i++) {
                var copy = Session.blank(account, Session.Kind.SIGN_IN, "copy", Instant.now());
                copy.expiresAt = Instant.now().plus(Duration.ofDays(1));
                copy.trustedUntil = copy.expiresAt;
                copy.persist();
              }
            });
  }

  private static void age(UUID session) {
    var past = Instant.now().minus(Duration.ofDays(31));
    QuarkusTransaction.requiringNew()
        .run(
            () -> Session.update("expiresAt = ?1, trustedUntil = ?1 where id = ?2", past, session));
  }

  private static boolean exists(UUID session) {
    return QuarkusTransaction.requiringNew().call(() -> Session.findById(session) != null);
  }
}

package dev.confab.auth.token;

import static dev.confab.auth.RunningAuth.AUTH;
import static dev.confab.auth.RunningAuth.accessToken;
import static dev.confab.auth.RunningAuth.as;
import static dev.confab.auth.RunningAuth.newName;
import static dev.confab.auth.RunningAuth.register;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.confab.auth.RunningAuth;
import dev.confab.auth.token.Tokens.Subject;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(RunningAuth.Profile.class)
class TokenIT {
  @Inject Tokens tokens;
  @Inject SigningKeys keys;

  @Test
  void anybodyCanVerifyATokenByThePublishedKeys() throws Exception {
    var signedIn = register(newName());

    var published = new JsonWebKeySet(jwks().extract().asString());
    var claims =
        new JwtConsumerBuilder()
            .setExpectedIssuer("confab")
            .setVerificationKeyResolver(new JwksVerificationKeyResolver(published.getJsonWebKeys()))
            .build()
            .processToClaims(accessToken(signedIn));

    assertThat(claims.getSubject()).isEqualTo(signedIn.extract().path("user.id"));
    assertThat(claims.getStringListClaimValue("groups")).containsExactly("user");
    assertThat(claims.getStringClaimValue("sid")).isNotEmpty();
    assertThat(claims.getStringClaimValue("name")).isNotEmpty();
  }

  @Test
  void onlyPublicHalvesArePublished() {
    assertThat(jwks().extract().<List<Object>>path("keys.d")).containsOnlyNulls();
  }

  @Test
  void anExpiredTokenIsToldApartFromABadOne() {
    var subject = new Subject(UUID.randomUUID(), "Ada", Set.of("user"));
    var anHourAgo = Instant.now().minus(Duration.ofHours(1));
    var expired =
        tokens.ofSession(UUID.randomUUID(), subject, anHourAgo, Duration.ofMinutes(15)).value();

    me(expired).statusCode(401).body("code", equalTo("TOKEN_EXPIRED"));
    me(expired + "x").statusCode(401).body("code", equalTo("AUTH_REQUIRED"));
    me("junk").statusCode(401).body("code", equalTo("AUTH_REQUIRED"));
  }

  @Test
  void aServiceTokenIsNoPersons() {
    me(tokens.ofService("gateway", Instant.now()).value()).statusCode(403);
  }

  @Test
  void servicesGetTokensForTheirSecrets() {
    serviceToken("gateway", "gateway-secret")
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .body("token_type", equalTo("Bearer"))
        .body("expires_in", equalTo(900))
        .body("access_token", notNullValue());
    serviceToken("chat", "with+plus").statusCode(200);
    serviceToken("chat", "with%2Bplus").statusCode(200);
  }

  @Test
  void otherServicesDoNot() {
    serviceToken("gateway", "wrong")
        .statusCode(401)
        .header("WWW-Authenticate", notNullValue())
        .body("error", equalTo("invalid_client"));
    serviceToken("unknown", "gateway-secret").statusCode(401);
    given()
        .formParam("grant_type", "client_credentials")
        .post("/internal/token")
        .then()
        .statusCode(401)
        .body("error", equalTo("invalid_client"));
  }

  @Test
  void otherGrantsAreNotSupported() {
    given()
        .formParam("grant_type", "password")
        .post("/internal/token")
        .then()
        .statusCode(400)
        .body("error", equalTo("unsupported_grant_type"));
    given()
        .contentType("application/x-www-form-urlencoded")
        .post("/internal/token")
        .then()
        .statusCode(400)
        .body("error", equalTo("invalid_request"));
  }

  @Test
  void anOldKeyGetsASuccessorThatIsPublishedFirst() {
    var before = keys.signer().kid();
    var oldToken = accessToken(register(newName()));
    shiftCreation(Duration.ofDays(-91));
    try {
      keys.rotate();

      assertThat(keys.signer().kid()).isEqualTo(before);
      assertThat(jwks().extract().<List<String>>path("keys.kid")).hasSizeGreaterThan(1);
      me(oldToken).statusCode(200);
    } finally {
      QuarkusTransaction.requiringNew()
          .run(() -> SigningKey.delete("signsFrom > ?1", Instant.now()));
      shiftCreation(Duration.ofDays(91));
      keys.rotate();
    }
  }

  private static void shiftCreation(Duration by) {
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                SigningKey.<SigningKey>listAll()
                    .forEach(key -> key.createdAt = key.createdAt.plus(by)));
  }

  private static ValidatableResponse me(String token) {
    return as(token).get(AUTH + "me").then();
  }

  private static ValidatableResponse jwks() {
    return given().get("/.well-known/jwks.json").then().statusCode(200);
  }

  private static ValidatableResponse serviceToken(String id, String secret) {
    return given()
        .auth()
        .preemptive()
        .basic(id, secret)
        .formParam("grant_type", "client_credentials")
        .post("/internal/token")
        .then();
  }
}

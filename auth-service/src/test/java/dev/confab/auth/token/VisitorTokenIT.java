package dev.confab.auth.token;

import static dev.confab.auth.RunningAuth.AUTH;
import static dev.confab.auth.RunningAuth.accessToken;
import static dev.confab.auth.RunningAuth.as;
import static dev.confab.auth.RunningAuth.newName;
import static dev.confab.auth.RunningAuth.register;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.confab.auth.RunningAuth;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(RunningAuth.Profile.class)
class VisitorTokenIT {
  @Inject Tokens tokens;

  private final String visitor = UUID.randomUUID().toString();
  private final String conversation = UUID.randomUUID().toString();

  @Test
  void aVisitorsTokenIsForOneConversationAndVerifiedByThePublishedKeys() throws Exception {
    var granted =
        visitorToken(
                service(),
                Map.of("user_id", visitor, "name", " Vera ", "conversation_id", conversation))
            .statusCode(200)
            .header("Cache-Control", "no-store")
            .body("expires_in", equalTo(86_400));

    var published =
        new JsonWebKeySet(given().get("/.well-known/jwks.json").then().extract().asString());
    var claims =
        new JwtConsumerBuilder()
            .setExpectedIssuer("confab")
            .setRequireExpirationTime()
            .setVerificationKeyResolver(new JwksVerificationKeyResolver(published.getJsonWebKeys()))
            .build()
            .processToClaims(granted.extract().path("access_token"));
    assertThat(claims.getSubject()).isEqualTo(visitor);
    assertThat(claims.getStringListClaimValue("groups")).containsExactly("visitor");
    assertThat(claims.getStringClaimValue("conversation_id")).isEqualTo(conversation);
    assertThat(claims.getStringClaimValue("name")).isEqualTo("Vera");
    assertThat(claims.getStringClaimValue("sid")).isNotEmpty();
  }

  @Test
  void whoHasOneHasNoAccount() {
    String token = visitorToken(service(), asked()).extract().path("access_token");

    as(token).get(AUTH + "me").then().statusCode(403);
    as(token).get("/api/v1/users?q=a").then().statusCode(403);
    as(token).get(AUTH + "sessions").then().statusCode(403);
    visitorToken(token, asked()).statusCode(403);
  }

  @Test
  void onlyServicesGetThem() {
    visitorToken(accessToken(register(newName())), asked()).statusCode(403);
    given()
        .contentType(ContentType.JSON)
        .body(asked())
        .post("/internal/visitor-tokens")
        .then()
        .statusCode(401);
  }

  @Test
  void whatIsNoIdOrNoNameIsRefused() {
    visitorToken(service(), Map.of("user_id", "x", "conversation_id", conversation))
        .statusCode(400)
        .body("field", equalTo("user_id"));
    visitorToken(service(), Map.of("user_id", visitor))
        .statusCode(400)
        .body("field", equalTo("conversation_id"));
    visitorToken(
            service(),
            Map.of("user_id", visitor, "conversation_id", conversation, "name", "n".repeat(81)))
        .statusCode(400)
        .body("field", equalTo("name"));
  }

  private Map<String, String> asked() {
    return Map.of("user_id", visitor, "conversation_id", conversation);
  }

  private String service() {
    return tokens.ofService("chat", Instant.now()).value();
  }

  private static ValidatableResponse visitorToken(String token, Map<String, String> body) {
    return as(token)
        .contentType(ContentType.JSON)
        .body(body)
        .post("/internal/visitor-tokens")
        .then();
  }
}

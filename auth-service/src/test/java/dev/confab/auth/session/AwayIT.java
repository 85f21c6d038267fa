package dev.confab.auth.session;

import static dev.confab.auth.RunningAuth.AUTH;
import static dev.confab.auth.RunningAuth.PASSWORD;
import static dev.confab.auth.RunningAuth.accessToken;
import static dev.confab.auth.RunningAuth.as;
import static dev.confab.auth.RunningAuth.login;
import static dev.confab.auth.RunningAuth.newName;
import static dev.confab.auth.RunningAuth.register;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With neither Redis nor Kafka people sign in and out, and nothing is forgotten. */
@QuarkusTest
@TestProfile(AwayIT.NobodyListens.class)
class AwayIT {
  /** Nothing listens on port 1. */
  public static final class NobodyListens implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.redis.hosts", "redis://127.0.0.1:1",
          "confab.auth.kafka.bootstrap-servers", "127.0.0.1:1");
    }
  }

  @Test
  void signingInNeedsNoRedis() {
    var name = newName();
    register(name).statusCode(201);

    login(name, "wrong horse").statusCode(401);
    login(name, PASSWORD).statusCode(200);
  }

  @Test
  void aRevocationWaitsInTheOutbox() {
    var signedIn = register(newName());
    var session = SessionIT.sessionId(signedIn).toString();

    as(accessToken(signedIn)).post(AUTH + "logout").then().statusCode(204);

    as(accessToken(signedIn)).get(AUTH + "me").then().statusCode(401);
    assertThat(waiting(session)).isEqualTo(1);
  }

  @Test
  void theServiceIsReady() {
    given().get("/q/health/ready").then().statusCode(200);
  }

  private static long waiting(String session) {
    return QuarkusTransaction.requiringNew()
        .call(
            () ->
                (Long)
                    Session.getEntityManager()
                        .createNativeQuery(
                            "select count(*) from outbox where record_key = :key", Long.class)
                        .setParameter("key", session)
                        .getSingleResult());
  }
}

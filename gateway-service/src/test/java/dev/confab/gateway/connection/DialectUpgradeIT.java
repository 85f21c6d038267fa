package dev.confab.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.gateway.Neighbours;
import dev.confab.gateway.security.TestIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dialects are refused at the upgrade. */
@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class DialectUpgradeIT {
  private final String token = TestIssuer.known().token(UUID.randomUUID().toString());

  private static int status(String path, String... headers) throws IOException {
    try (SocketClient client = SocketClient.openAt(AuthenticationIT.port(), path, headers)) {
      return client.status();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ws/chat/s",
        "/ws/chat/s/",
        "/ws/ai-chat/session/s",
        "/ws/ai-chat/session/s/",
        "/ws/ai-chat/sessions",
        "/ws/ai-chat/sessions/"
      })
  void withoutAGoodTokenNothingOpens(String path) throws IOException {
    assertThat(status(path)).isEqualTo(401);
    assertThat(status(path + "?token=nonsense")).isEqualTo(401);
    assertThat(status(path, "Authorization: Token nonsense")).isEqualTo(401);
    String expired = TestIssuer.known().token(UUID.randomUUID().toString(), "session", -10);
    assertThat(status(path + "?token=" + expired)).isEqualTo(401);
  }

  @Test
  void whatCannotBeAnIdIsNotFound() throws IOException {
    for (String path : new String[] {"/ws/chat/", "/ws/ai-chat/session/"}) {
      assertThat(status(path + "a%20b/?token=" + token)).isEqualTo(404);
      assertThat(status(path + "x".repeat(129), "Authorization: Token " + token)).isEqualTo(404);
    }
  }

  @Test
  void theListOpensAndPongs() throws IOException {
    for (String header : new String[] {"Authorization: Token ", "Authorization: Bearer "}) {
      try (SocketClient client =
          SocketClient.openAt(AuthenticationIT.port(), "/ws/ai-chat/sessions/", header + token)) {
        assertThat(client.status()).isEqualTo(101);
        client.send("{\"type\":\"ping\"}");
        assertThat(client.next("pong").size()).isEqualTo(1);
        client.send("{\"type\":\"send_message\",\"message\":\"x\"}");
        assertThat(client.next("error").path("message").asText()).isNotEmpty();
      }
    }
  }

  @Test
  void aPlainRequestIsToldToUpgrade() throws IOException {
    for (String path : new String[] {"/ws/chat/s/", "/ws/ai-chat/sessions"}) {
      io.restassured.RestAssured.given().get(path).then().statusCode(426);
    }
  }
}

package dev.confab.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.gateway.Neighbours;
import dev.confab.gateway.security.TestIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class AuthenticationIT {
  private final String user = UUID.randomUUID().toString();

  static int port() {
    return ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
  }

  @Test
  void firstFrame() throws IOException {
    try (SocketClient client = SocketClient.open(port())) {
      client.send(
          "{\"type\":\"auth\",\"id\":\"f1\",\"token\":\"" + TestIssuer.known().token(user) + "\"}");

      JsonNode success = client.next("auth_success");

      assertThat(success.path("id").asText()).isEqualTo("f1");
      assertThat(success.path("user_id").asText()).isEqualTo(user);
      assertThat(success.path("data").path("session_id").asText()).isNotEmpty();
      assertThat(success.path("data").path("expires_at").asText()).endsWith("Z");
      assertThat(success.path("data").path("limits").path("max_message_chars").asInt())
          .isEqualTo(16_000);
      assertThat(success.path("data").path("limits").path("max_frame_bytes").asInt())
          .isEqualTo(65_536);
    }
  }

  @Test
  void subprotocol() throws IOException {
    String offer = "Sec-WebSocket-Protocol: confab.v1, bearer." + TestIssuer.known().token(user);
    try (SocketClient client = SocketClient.open(port(), offer)) {
      assertThat(client.header("sec-websocket-protocol")).isEqualTo("confab.v1");
      assertThat(client.next("auth_success").path("user_id").asText()).isEqualTo(user);
    }
  }

  @Test
  void authorizationHeader() throws IOException {
    String header = "Authorization: Bearer " + TestIssuer.known().token(user);
    try (SocketClient client = SocketClient.open(port(), header)) {
      assertThat(client.next("auth_success").path("user_id").asText()).isEqualTo(user);
    }
  }

  @Test
  void queryParameter() throws IOException {
    String query = "?token=" + TestIssuer.known().token(user);
    try (SocketClient client = SocketClient.openWithQuery(port(), query)) {
      assertThat(client.next("auth_success").path("user_id").asText()).isEqualTo(user);
    }
  }

  @Test
  void badTokensAreClosed() throws IOException {
    TestIssuer issuer = TestIssuer.known();
    for (String token :
        new String[] {
          "nonsense",
          "a.b.c",
          TestIssuer.impostor().token(user),
          issuer.foreign(user),
          issuer.token(user, null, 600),
          issuer.token(user, "session", -10)
        }) {
      try (SocketClient client = SocketClient.openWithQuery(port(), "?token=" + token)) {
        assertThat(client.closeCode()).isEqualTo(4001);
      }
      try (SocketClient client = SocketClient.open(port())) {
        client.send("{\"type\":\"auth\",\"token\":\"" + token + "\"}");
        assertThat(client.closeCode()).isEqualTo(4001);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"type\":\"ping\"}", "hello", "{}", "{\"type\":\"auth\"}"})
  void anotherFirstFrameIsClosed(String frame) throws IOException {
    try (SocketClient client = SocketClient.open(port())) {
      client.send(frame);
      assertThat(client.closeCode()).isEqualTo(4001);
    }
  }

  @Test
  void silenceIsClosedInTime() throws IOException {
    try (SocketClient client = SocketClient.open(port())) {
      assertThat(client.closeCode()).isEqualTo(4001);
    }
  }

  @Test
  void framesAfterAuthWaitForIt() throws IOException {
    try (SocketClient client = SocketClient.open(port())) {
      client.send("{\"type\":\"auth\",\"token\":\"" + TestIssuer.known().token(user) + "\"}");
      client.send("{\"type\":\"ping\",\"id\":\"p1\"}");
      client.send("{\"type\":\"ping\",\"id\":\"p2\"}");

      client.next("auth_success");

      assertThat(client.next("pong").path("id").asText()).isEqualTo("p1");
      assertThat(client.next("pong").path("id").asText()).isEqualTo("p2");
    }
  }

  @Test
  void expiredTokenMayBeRenewedInPlace() throws IOException {
    String session = UUID.randomUUID().toString();
    TestIssuer issuer = TestIssuer.known();
    try (SocketClient client = SocketClient.authenticated(port(), issuer.token(user, session, 2))) {
      JsonNode error = client.next("error");
      assertThat(error.path("data").path("code").asText()).isEqualTo("TOKEN_EXPIRED");
      client.send("{\"type\":\"mark_read\",\"id\":\"m\",\"data\":{}}");
      assertThat(client.next("error").path("data").path("code").asText())
          .isEqualTo("TOKEN_EXPIRED");

      client.send(
          "{\"type\":\"auth\",\"id\":\"r\",\"token\":\""
              + issuer.token(user, session, 600)
              + "\"}");

      assertThat(client.next("auth_success").path("id").asText()).isEqualTo("r");
      client.send("{\"type\":\"ping\"}");
      client.next("pong");
    }
  }

  @Test
  void expiredTokenNotRenewedIsClosed() throws IOException {
    String token = TestIssuer.known().token(user, "session", 1);
    try (SocketClient client = SocketClient.authenticated(port(), token)) {
      client.next("error");
      assertThat(client.closeCode()).isEqualTo(4001);
    }
  }

  @Test
  void renewalKeepsTheUser() throws IOException {
    TestIssuer issuer = TestIssuer.known();
    try (SocketClient client = SocketClient.authenticated(port(), issuer.token(user))) {
      String other = issuer.token(UUID.randomUUID().toString());
      client.send("{\"type\":\"auth\",\"id\":\"x\",\"token\":\"" + other + "\"}");

      JsonNode error = client.next("error");

      assertThat(error.path("id").asText()).isEqualTo("x");
      assertThat(error.path("data").path("code").asText()).isEqualTo("FORBIDDEN");
      client.send("{\"type\":\"ping\"}");
      client.next("pong");
    }
  }
}

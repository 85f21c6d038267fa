package dev.confab.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.gateway.Neighbours;
import dev.confab.gateway.security.TestIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Neighbours.class)
@TestProfile(FullReplicaIT.TwoSockets.class)
class FullReplicaIT {
  /** A replica with room for two, for pages of one origin and its own. */
  public static class TwoSockets implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "confab.connection.limits.max-connections", "2",
          "confab.security.allowed-origins", "https://chat.example.org");
    }
  }

  @Test
  void theNextSocketIsSentElsewhere() throws IOException {
    int port = AuthenticationIT.port();
    String token = TestIssuer.known().token("a");
    try (SocketClient one = SocketClient.authenticated(port, token);
        SocketClient two = SocketClient.authenticated(port, token);
        SocketClient three = SocketClient.open(port)) {
      assertThat(one.status()).isEqualTo(101);
      assertThat(two.status()).isEqualTo(101);
      assertThat(three.status()).isEqualTo(503);
      assertThat(three.header("retry-after")).isEqualTo("5");
    }
  }

  @Test
  void foreignPagesAreRefused() throws IOException {
    int port = AuthenticationIT.port();
    try (SocketClient foreign = SocketClient.open(port, "Origin: https://elsewhere.example")) {
      assertThat(foreign.status()).isEqualTo(403);
    }
    try (SocketClient listed = SocketClient.open(port, "Origin: https://chat.example.org")) {
      assertThat(listed.status()).isEqualTo(101);
    }
    try (SocketClient own = SocketClient.open(port, "Origin: http://127.0.0.1:" + port)) {
      assertThat(own.status()).isEqualTo(101);
    }
  }
}

package dev.confab.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.contracts.RedisKeys;
import dev.confab.gateway.Neighbours;
import dev.confab.gateway.security.TestIssuer;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators watch the queue of dialogs, as far as they work it; nobody else does. */
@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class DeskWatchIT {
  @Inject RedisDataSource redis;

  private final String olga = UUID.randomUUID().toString();
  private final String otto = UUID.randomUUID().toString();

  private static SocketClient open(String user, String role) throws IOException {
    return SocketClient.authenticated(
        AuthenticationIT.port(), TestIssuer.known().tokenOf(role, user));
  }

  private static SocketClient watching(String user, String role) throws IOException {
    SocketClient client = open(user, role);
    client.send("{\"type\":\"watch_desk\",\"id\":\"w\"}");
    assertThat(client.next("ack").path("id").asText()).isEqualTo("w");
    return client;
  }

  private void changed(String dialog) {
    redis.execute("PUBLISH", RedisKeys.DESK_CHANNEL, "d\t" + dialog + "\n");
  }

  private static String shown(SocketClient client) throws IOException {
    JsonNode frame = client.next("desk_updated");
    return frame.at("/data/dialog/id").asText();
  }

  @Test
  void everyOperatorSeesWhatTheyWorkAndAdministratorsAll() throws IOException {
    try (SocketClient hers = watching(olga, "operator");
        SocketClient his = watching(otto, "operator");
        SocketClient admins = watching(UUID.randomUUID().toString(), "admin")) {
      changed("of-" + olga);
      assertThat(shown(hers)).isEqualTo("of-" + olga);
      assertThat(shown(admins)).isEqualTo("of-" + olga);

      // Had he been shown the first one, it would have come before.
      changed("anyones");
      assertThat(shown(his)).isEqualTo("anyones");
      assertThat(shown(hers)).isEqualTo("anyones");
      assertThat(shown(admins)).isEqualTo("anyones");
    }
  }

  @Test
  void whoWatchesNoMoreIsToldNoMore() throws IOException {
    try (SocketClient client = watching(olga, "operator");
        SocketClient other = watching(otto, "operator")) {
      client.send("{\"type\":\"unwatch_desk\",\"id\":\"u\"}");
      assertThat(client.next("ack").path("id").asText()).isEqualTo("u");
      changed("unseen");
      assertThat(shown(other)).isEqualTo("unseen");

      client.send("{\"type\":\"watch_desk\",\"id\":\"again\"}");
      client.next("ack");
      changed("seen");
      assertThat(shown(client)).isEqualTo("seen");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"user", "guest"})
  void othersDoNot(String role) throws IOException {
    try (SocketClient client = open(olga, role)) {
      client.send("{\"type\":\"watch_desk\",\"id\":\"w\"}");
      JsonNode error = client.next("error");
      assertThat(error.path("id").asText()).isEqualTo("w");
      assertThat(error.at("/data/code").asText()).isEqualTo("FORBIDDEN");
    }
  }
}

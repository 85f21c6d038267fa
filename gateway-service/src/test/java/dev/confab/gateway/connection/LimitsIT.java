package dev.confab.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.gateway.Neighbours;
import dev.confab.gateway.fanout.Frame;
import dev.confab.gateway.fanout.V1Frames;
import dev.confab.gateway.security.TestIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class LimitsIT {
  private final String user = UUID.randomUUID().toString();
  @Inject Connections connections;

  private SocketClient open(String... headers) throws IOException {
    return SocketClient.authenticated(
        AuthenticationIT.port(), TestIssuer.known().token(user), headers);
  }

  private Connection ownConnection() {
    return connections.all().stream()
        .filter(c -> user.equals(c.userId()))
        .findFirst()
        .orElseThrow();
  }

  private static Frame text(int bytes) {
    String filler = "lorem ipsum dolor ".repeat(bytes / 18 + 1).substring(0, bytes);
    return new Frame.Whole(Buffer.buffer("{\"type\":\"filler\",\"data\":\"" + filler + "\"}"));
  }

  @Test
  void refusedFramesNameCodeAndField() throws IOException {
    try (SocketClient client = open()) {
      assertError(client, "nonsense", "INVALID_FRAME", null);
      assertError(client, "{\"type\":\"dance\",\"id\":\"d\"}", "UNKNOWN_TYPE", "type");
      assertError(
          client,
          "{\"type\":\"join_conversation\",\"data\":{\"conversation_id\":7}}",
          "INVALID_VALUE",
          "conversation_id");
      assertError(client, "[".repeat(40), "INVALID_FRAME", null);
      client.write(SocketClient.BINARY, true, false, new byte[] {1, 2, 3});
      assertThat(client.next("error").path("data").path("code").asText())
          .isEqualTo("INVALID_FRAME");
      client.send("{\"type\":\"ping\",\"id\":\"still here\"}");
      assertThat(client.next("pong").path("id").asText()).isEqualTo("still here");
    }
  }

  private static void assertError(SocketClient client, String frame, String code, String field)
      throws IOException {
    client.send(frame);
    JsonNode data = client.next("error").path("data");
    assertThat(data.path("code").asText()).isEqualTo(code);
    assertThat(data.path("field").asText(null)).isEqualTo(field);
    assertThat(data.path("message").asText()).isNotBlank();
  }

  @Test
  void messagesBeyondTheRateAreRefused() throws IOException {
    try (SocketClient client = open()) {
      String send =
          "{\"type\":\"send_message\",\"id\":\"%d\",\"data\":{\"conversation_id\":\"c\",\"content\":\"hi\"}}";
      for (int i = 0; i < 50; i++) {
        client.send(send.formatted(i));
      }
      JsonNode error = client.next("error");
      while (!"RATE_LIMITED".equals(error.path("data").path("code").asText())) {
        error = client.next("error");
      }
      assertThat(error.path("id").asInt()).isGreaterThanOrEqualTo(20);
      assertThat(error.path("data").path("retry_after_ms").asLong()).isBetween(1L, 1_000L);
    }
  }

  @Test
  void violationsWithoutEndAreClosed() throws IOException {
    try (SocketClient client = open()) {
      for (int i = 0; i < 60; i++) {
        client.send("nonsense");
      }
      assertThat(client.closeCode()).isEqualTo(4008);
    }
  }

  @Test
  void aFloodIsClosed() throws IOException {
    try (SocketClient client = open()) {
      StringBuilder ignored = new StringBuilder();
      try {
        for (int i = 0; i < 2_000; i++) {
          client.send("{\"type\":\"ping\"}");
        }
      } catch (IOException e) {
        ignored.append(e.getMessage());
      }
      assertThat(client.closeCode()).isEqualTo(4008);
    }
  }

  @Test
  void tooBigAFrameIsClosed() throws IOException {
    try (SocketClient client = open()) {
      client.send("\"" + "x".repeat(70_000) + "\"");
      assertThat(client.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void tooBigAMessageInFragmentsIsClosed() throws IOException {
    byte[] part = "x".repeat(40_000).getBytes(StandardCharsets.UTF_8);
    try (SocketClient client = open()) {
      client.write(SocketClient.TEXT, false, false, part);
      client.write(0, true, false, part);
      assertThat(client.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void whatInflatesTooFarIsClosed() throws IOException {
    try (SocketClient client = open("Sec-WebSocket-Extensions: permessage-deflate")) {
      client.sendCompressed("\"" + "x".repeat(10_000_000) + "\"");
      assertThat(client.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void connectionsOfAUserAreBounded() throws IOException {
    List<SocketClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 30; i++) {
        clients.add(open());
      }
      SocketClient oneMore = SocketClient.open(AuthenticationIT.port());
      clients.add(oneMore);
      oneMore.send("{\"type\":\"auth\",\"token\":\"" + TestIssuer.known().token(user) + "\"}");
      assertThat(oneMore.next("error").path("data").path("code").asText())
          .isEqualTo("RATE_LIMITED");
      assertThat(oneMore.closeCode()).isEqualTo(4008);
    } finally {
      for (SocketClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void onlyBigFramesAreCompressed() throws IOException {
    try (SocketClient client =
        open("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")) {
      assertThat(client.header("sec-websocket-extensions")).isEqualTo(Compression.RESPONSE);
      assertThat(client.lastWasCompressed()).isFalse();
      Connection connection = ownConnection();
      for (int bytes : new int[] {500, 2_000, 900, 200_000}) {
        Frame frame = text(bytes);
        connection.send(frame);
        assertThat(client.nextText()).isEqualTo(frame.json().toString());
        assertThat(client.lastWasCompressed()).isEqualTo(bytes > 1_000);
      }
      client.sendCompressed("{\"type\":\"ping\",\"id\":\"packed\"}");
      assertThat(client.next("pong").path("id").asText()).isEqualTo("packed");
    }
  }

  @Test
  void nothingIsCompressedUnasked() throws IOException {
    try (SocketClient client = open()) {
      assertThat(client.header("sec-websocket-extensions")).isNull();
      Frame frame = text(100_000);
      ownConnection().send(frame);
      assertThat(client.nextText()).isEqualTo(frame.json().toString());
      assertThat(client.lastWasCompressed()).isFalse();
    }
  }

  @Test
  void aSlowClientIsClosed() throws IOException {
    try (SocketClient client = open()) {
      Connection connection = ownConnection();
      Frame frame = text(60_000);
      for (int i = 0; i < 400 && !connection.isClosing(); i++) {
        connection.send(frame);
      }
      assertThat(connection.isClosing()).isTrue();
      assertThat(client.closeCode()).isEqualTo(4009);
    }
  }

  @Test
  void aClientThatCatchesUpStays() throws IOException {
    try (SocketClient client = open()) {
      Connection connection = ownConnection();
      StringBuilder sent = new StringBuilder();
      for (int i = 0; i < 3_000; i++) {
        String piece = "piece " + i + " ";
        connection.send(V1Frames.streamContent("c", "m", sent.length(), piece));
        sent.append(piece);
      }
      StringBuilder received = new StringBuilder();
      int frames = 0;
      while (received.length() < sent.length()) {
        JsonNode data = client.next("stream_content").path("data");
        assertThat(data.path("offset").asInt()).isEqualTo(received.length());
        received.append(data.path("content").asText());
        frames++;
      }
      assertThat(received).hasToString(sent.toString());
      assertThat(frames).isLessThanOrEqualTo(3_000);
      assertThat(connection.isClosing()).isFalse();
    }
  }

  @Test
  void pingsComeAndSilenceIsClosed() throws IOException {
    try (SocketClient client = open().withoutPongs()) {
      SocketClient.Raw raw = client.read();
      while (raw.opcode() != SocketClient.PING) {
        raw = client.read();
      }
      assertThat(client.closeCode()).isEqualTo(1001);
    }
  }
}

package dev.confab.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.systemtests.client.Frame;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.V1Client;
import dev.confab.systemtests.suite.Delivered;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a gateway refuses, and how; the socket stays open where the protocol says so. */
@SystemTest
@Tag("journey")
@Order(70)
class LimitsIT {
  private static final int MAX_MESSAGE_CHARS = 16_000;
  private static final int MAX_FRAME_BYTES = 64 * 1024;
  private static final int FRAME_TOO_BIG = 1009;

  private final Suite suite;

  LimitsIT(Suite suite) {
    this.suite = suite;
  }

  private void refused(String code, Consumer<V1Client> act) {
    Person anna = suite.newPerson();
    try (V1Client a = suite.connect(suite.gatewayA(), anna)) {
      act.accept(a);
      Frame error = a.awaitError(code);
      assertThat(error.data().path("message").asText()).isNotBlank();
      assertStillServed(a);
    }
  }

  private static void assertStillServed(V1Client client) {
    client.send("ping", Map.of());
    client.awaitFrame("pong", frame -> frame.is("pong"), V1Client.PATIENCE);
    assertThat(client.isOpen()).isTrue();
  }

  @Test
  void limits_are_announced() {
    Person anna = suite.newPerson();
    try (V1Client a = suite.connect(suite.gatewayA(), anna)) {
      Frame hello = a.frames().getFirst();
      assertThat(hello.type()).isEqualTo("auth_success");
      assertThat(hello.body().path("user_id").asText()).isEqualTo(anna.id());
      assertThat(hello.data().path("session_id").asText()).isNotEmpty();
      assertThat(hello.data().path("expires_at").asText()).endsWith("Z");
      assertThat(hello.data().path("heartbeat_seconds").asInt()).isPositive();
      assertThat(hello.data().path("limits").path("max_message_chars").asInt())
          .isEqualTo(MAX_MESSAGE_CHARS);
      assertThat(hello.data().path("limits").path("max_frame_bytes").asInt())
          .isEqualTo(MAX_FRAME_BYTES);
    }
  }

  @Test
  void an_unknown_type_is_refused() {
    refused("UNKNOWN_TYPE", client -> client.send("make_coffee", Map.of()));
  }

  @Test
  void text_that_is_not_json_is_refused() {
    refused("INVALID_FRAME", client -> client.sendText("{\"type\": nonsense"));
  }

  @Test
  void json_that_is_no_object_is_refused() {
    refused("INVALID_FRAME", client -> client.sendText("[1,2,3]"));
  }

  @Test
  void a_frame_nested_too_deep_is_refused() {
    String deep =
        "{\"type\":\"ping\",\"data\":" + "{\"a\":".repeat(40) + "1" + "}".repeat(40) + "}";
    refused("INVALID_FRAME", client -> client.sendText(deep));
  }

  @Test
  void a_binary_frame_is_refused() {
    refused("INVALID_FRAME", client -> client.sendBinary(new byte[] {1, 2, 3}));
  }

  @Test
  void a_missing_field_is_named() {
    Person anna = suite.newPerson();
    try (V1Client a = suite.connect(suite.gatewayA(), anna)) {
      Frame answer = a.awaitAnswer(a.send("join_conversation", Map.of()));
      assertThat(answer.data().path("code").asText()).isEqualTo("INVALID_VALUE");
      assertThat(answer.data().path("field").asText()).isEqualTo("conversation_id");
      assertStillServed(a);
    }
  }

  @Test
  void a_message_too_long_or_empty_is_refused_and_not_stored() {
    Person anna = suite.newPerson();
    String room = suite.rest().room(anna);
    try (V1Client a = suite.connect(suite.gatewayA(), anna)) {
      a.join(room);
      a.say(room, "x".repeat(MAX_MESSAGE_CHARS + 1));
      a.awaitError("MESSAGE_TOO_LONG");
      a.say(room, "");
      a.awaitError("EMPTY_MESSAGE");
      a.say(room, " \n\t ");
      a.awaitFrame(
          "a second refusal of emptiness",
          frame ->
              a.frames().stream()
                      .filter(f -> f.data().path("code").asText().equals("EMPTY_MESSAGE"))
                      .count()
                  == 2,
          V1Client.PATIENCE);
      a.sayAndAwaitAck(room, "y".repeat(MAX_MESSAGE_CHARS));
      assertThat(Delivered.asReadBy(suite, anna).to(a).check(room).messages()).hasSize(1);
    }
  }

  @Test
  void a_character_that_cannot_be_stored_harms_nobody() {
    Person anna = suite.newPerson();
    String room = suite.rest().room(anna);
    try (V1Client a = suite.connect(suite.gatewayA(), anna)) {
      a.join(room);
      for (String odd : new String[] {"nul \u0000 inside", "half a pair \ud83d here"}) {
        String clientId = a.say(room, odd);
        a.awaitFrame(
            "an answer",
            frame ->
                frame.is("error")
                    || frame.is("message_ack")
                        && frame.data().path("client_id").asText().equals(clientId),
            V1Client.PATIENCE);
      }
      a.sayAndAwaitAck(room, "after it");
      Delivered.asReadBy(suite, anna).to(a).check(room);
    }
  }

  @Test
  void a_frame_too_big_closes_the_socket() {
    Person anna = suite.newPerson();
    try (V1Client a = suite.connect(suite.gatewayA(), anna)) {
      a.sendText("{\"type\":\"ping\",\"data\":\"" + "z".repeat(MAX_FRAME_BYTES) + "\"}");
      assertThat(a.awaitClose(V1Client.PATIENCE)).isEqualTo(FRAME_TOO_BIG);
    }
  }

  @Test
  void too_many_messages_are_refused_with_a_time_to_wait() {
    Person anna = suite.newPerson();
    String room = suite.rest().room(anna);
    try (V1Client a = suite.connect(suite.gatewayA(), anna);
        V1Client b = suite.connect(suite.gatewayA(), anna)) {
      a.join(room);
      b.join(room);
      for (int i = 0; i < 15; i++) {
        a.say(room, "fast " + i);
        b.say(room, "faster " + i);
      }
      long stored = awaitAnswers(a, 15) + awaitAnswers(b, 15);
      assertThat(stored).as("messages let through").isBetween(20L, 22L);
      V1Client refused = a.frames().stream().anyMatch(f -> f.is("error")) ? a : b;
      Frame error = refused.awaitError("RATE_LIMITED");
      assertThat(error.data().path("retry_after_ms").asLong()).isBetween(1L, 10_000L);
      assertThat(Delivered.asReadBy(suite, anna).to(a, b).check(room).messages())
          .hasSize((int) stored);
    }
  }

  /** Waits for an ack or an error of so many messages; returns how many were acked. */
  private static long awaitAnswers(V1Client client, int messages) {
    client.awaitFrame(
        "an answer to each message",
        frame ->
            client.frames().stream().filter(f -> f.is("message_ack", "error")).count() >= messages,
        V1Client.PATIENCE);
    return client.frames().stream().filter(f -> f.is("message_ack")).count();
  }
}

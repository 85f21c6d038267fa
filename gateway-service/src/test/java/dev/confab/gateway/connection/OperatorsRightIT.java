package dev.confab.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.contracts.Topics;
import dev.confab.contracts.chat.ChatEvent;
import dev.confab.contracts.chat.Conversation;
import dev.confab.contracts.chat.Handoff;
import dev.confab.contracts.chat.Message;
import dev.confab.contracts.chat.Participant;
import dev.confab.contracts.chat.Settings;
import dev.confab.gateway.Neighbours;
import dev.confab.gateway.json.Json;
import dev.confab.gateway.security.TestIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** Operators follow a dialog without taking part, as long as they may. */
@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class OperatorsRightIT {
  private final String operator =
      TestIssuer.known().tokenOf("operator", UUID.randomUUID().toString());

  /** Somebody else answers from now on; the operator who looks on is no participant. */
  private static void ownerChanges(String dialog, long seq) {
    Instant now = Instant.now();
    Message message =
        new Message(
            "m" + seq,
            dialog,
            seq,
            seq,
            "system",
            "handoff",
            "system",
            "",
            null,
            "Ben answers.",
            null,
            null,
            "complete",
            null,
            null,
            null,
            now,
            null,
            null,
            new Handoff("operator", seq, "ben", "Ben", "operator_claimed"),
            null,
            null);
    List<Participant> participants = List.of(new Participant("ben", "Ben", "operator", null));
    Conversation conversation =
        new Conversation(
            dialog,
            "support",
            null,
            "operator",
            seq,
            "ben",
            null,
            null,
            null,
            Settings.DEFAULTS,
            participants,
            1,
            seq,
            "h",
            null,
            false,
            true,
            now,
            now);
    send(
        new ChatEvent.OwnerChanged(
            dialog, seq, message, conversation, List.of("ben"), List.of(), null, null));
  }

  private static void send(ChatEvent event) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
      producer.send(
          new ProducerRecord<>(
              Topics.CHAT_EVENTS, event.conversationId(), Json.write(event).getBytes()));
    }
  }

  @Test
  void aRightThatIsLostShutsThePanel() throws IOException {
    String dialog = "dq-" + UUID.randomUUID();
    try (SocketClient panel =
        SocketClient.openAt(
            AuthenticationIT.port(), "/ws/dialogs/" + dialog + "?token=" + operator)) {
      ownerChanges(dialog, 4);
      assertThat(panel.next("handoff").path("state").asText()).isEqualTo("operator");
      panel.send("{\"type\":\"ping\"}");
      panel.next("pong");
      ownerChanges(dialog, 5);
      assertThat(panel.closeCode()).isEqualTo(CloseCode.NOT_ALLOWED.code());
    }
  }

  @Test
  void whoMayLookOnStays() throws IOException {
    String dialog = "d-" + UUID.randomUUID();
    try (SocketClient panel =
        SocketClient.openAt(
            AuthenticationIT.port(), "/ws/dialogs/" + dialog + "?token=" + operator)) {
      for (int seq = 4; seq < 8; seq++) {
        ownerChanges(dialog, seq);
        panel.next("handoff");
      }
    }
  }
}

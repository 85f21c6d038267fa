package dev.confab.chat;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.outbox.BatchBytes;
import dev.confab.chat.outbox.OutboxRecord;
import dev.confab.contracts.Topics;
import dev.confab.contracts.chat.ChatEvent;
import dev.confab.contracts.chat.ChatEvent.CommandAccepted;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestTokens.class)
class OutboxIT {
  @Inject ObjectMapper json;
  @Inject ChatConfig config;
  @Inject AgroalDataSource dataSource;

  @Test
  void whatACrashLeftBehindIsSentAndDeleted() throws Exception {
    String conversation = UUID.randomUUID().toString();
    byte[] event =
        json.writeValueAsBytes(new CommandAccepted(conversation, null, "left-behind", null));
    byte[] row =
        BatchBytes.write(List.of(new OutboxRecord(Topics.CHAT_EVENTS, conversation, event)));
    try (var events =
        new KafkaPeer<>(
            config.kafka().bootstrapServers(), Topics.CHAT_EVENTS, ChatEvent.class, json)) {
      long id = insert(row);

      await()
          .until(
              () -> events.seen().stream().anyMatch(e -> conversation.equals(e.conversationId())));
      await().until(() -> !exists(id));
    }
  }

  private long insert(byte[] records) throws Exception {
    String sql =
        "INSERT INTO outbox (records, created_at) VALUES (?, now() - interval '1 minute')"
            + " RETURNING id";
    try (var connection = dataSource.getConnection();
        var insert = connection.prepareStatement(sql)) {
      insert.setBytes(1, records);
      try (var rows = insert.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private boolean exists(long id) throws Exception {
    try (var connection = dataSource.getConnection();
        var select = connection.prepareStatement("SELECT 1 FROM outbox WHERE id = ?")) {
      select.setLong(1, id);
      try (var rows = select.executeQuery()) {
        return rows.next();
      }
    }
  }
}

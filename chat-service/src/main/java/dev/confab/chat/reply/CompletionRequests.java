package dev.confab.chat.reply;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.message.StoredMessage;
import dev.confab.contracts.ai.CompletionRequested;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Turns orders into requests, with the history as it stands in the database. */
@ApplicationScoped
public class CompletionRequests {
  /** So many messages after a turn are searched for replies to what was said before it. */
  private static final int LATE_REPLIES_WITHIN = 200;

  private static final String HISTORY =
      "SELECT k.order_number, h.* FROM unnest(?, ?) WITH ORDINALITY"
          + " AS k(conversation_id, turn_seq, order_number) CROSS JOIN LATERAL ("
          + "(SELECT "
          + StoredMessage.COLUMNS
          + " FROM messages m"
          + " WHERE m.conversation_id = k.conversation_id AND m.seq <= k.turn_seq"
          + " ORDER BY m.seq DESC LIMIT ?)"
          + " UNION ALL "
          + "(SELECT "
          + StoredMessage.COLUMNS
          + " FROM messages m"
          + " WHERE m.conversation_id = k.conversation_id AND m.seq > k.turn_seq"
          + " AND m.seq <= k.turn_seq + "
          + LATE_REPLIES_WITHIN
          + " AND m.message_type = 'assistant' ORDER BY m.seq LIMIT ?)) h";

  private final ChatConfig.Replies config;

  CompletionRequests(ChatConfig config) {
    this.config = config.replies();
  }

  /** Reads the history of all orders in one round trip. */
  public List<CompletionRequested> read(Connection connection, List<CompletionOrder> orders)
      throws SQLException {
    Map<Integer, List<StoredMessage>> histories = histories(connection, orders);
    HistoryCut cut = new HistoryCut(config.historyMessages(), config.historyChars());
    List<CompletionRequested> requests = new ArrayList<>(orders.size());
    for (int i = 0; i < orders.size(); i++) {
      CompletionOrder order = orders.get(i);
      UUID turnId = order.reply().turnId();
      var turns = cut.of(histories.getOrDefault(i, List.of()), turnId, order.named());
      requests.add(
          new CompletionRequested(
              order.conversationId().toString(),
              order.reply().messageId().toString(),
              order.attempt(),
              order.reply().assistantId(),
              order.reply().userId(),
              order.settings(),
              turns,
              order.textSoFar(),
              order.deadline()));
    }
    return requests;
  }

  private Map<Integer, List<StoredMessage>> histories(
      Connection connection, List<CompletionOrder> orders) throws SQLException {
    Object[] conversations = orders.stream().map(CompletionOrder::conversationId).toArray();
    Object[] turns = orders.stream().map(o -> o.reply().turnSeq()).toArray();
    Map<Integer, List<StoredMessage>> histories = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(HISTORY)) {
      statement.setArray(1, connection.createArrayOf("uuid", conversations));
      statement.setArray(2, connection.createArrayOf("bigint", turns));
      statement.setInt(3, config.historyMessages());
      statement.setInt(4, config.historyMessages());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          int order = rows.getInt("order_number") - 1;
          histories.computeIfAbsent(order, o -> new ArrayList<>()).add(StoredMessage.read(rows));
        }
      }
    }
    return histories;
  }
}

package dev.confab.chat.reply;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.message.StoredMessage;
import dev.confab.chat.model.Models;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.chat.Settings;
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
      "SELECT k.order_number, u.default_model, h.* FROM unnest(?, ?, ?) WITH ORDINALITY"
          + " AS k(conversation_id, turn_seq, user_id, order_number)"
          + " LEFT JOIN user_settings u ON u.user_id = k.user_id CROSS JOIN LATERAL ("
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

  /** What the database tells for one order. */
  private record Told(String defaultModel, List<StoredMessage> history) {}

  private final ChatConfig.Replies config;
  private final Models models;

  CompletionRequests(ChatConfig config, Models models) {
    this.config = config.replies();
    this.models = models;
  }

  /** Reads the history of all orders in one round trip. */
  public List<CompletionRequested> read(Connection connection, List<CompletionOrder> orders)
      throws SQLException {
    Map<Integer, Told> told = told(connection, orders);
    HistoryCut cut = new HistoryCut(config.historyMessages(), config.historyChars());
    List<CompletionRequested> requests = new ArrayList<>(orders.size());
    for (int i = 0; i < orders.size(); i++) {
      CompletionOrder order = orders.get(i);
      UUID turnId = order.reply().turnId();
      Told known = told.getOrDefault(i, new Told(null, List.of()));
      var turns = cut.of(known.history(), turnId, order.named());
      requests.add(
          new CompletionRequested(
              order.conversationId().toString(),
              order.reply().messageId().toString(),
              order.attempt(),
              order.reply().assistantId(),
              order.reply().userId(),
              settings(order, known),
              turns,
              order.textSoFar(),
              order.deadline(),
              order.canHandOver() ? true : null));
    }
    return requests;
  }

  /** What the conversation leaves open is as the user chose for all of theirs. */
  private Settings settings(CompletionOrder order, Told known) {
    Settings settings = order.settings();
    return settings.model() == null
        ? settings.withModel(models.answering(known.defaultModel()).orElse(null))
        : settings;
  }

  private Map<Integer, Told> told(Connection connection, List<CompletionOrder> orders)
      throws SQLException {
    Object[] conversations = orders.stream().map(CompletionOrder::conversationId).toArray();
    Object[] turns = orders.stream().map(o -> o.reply().turnSeq()).toArray();
    Object[] users = orders.stream().map(o -> o.reply().userId()).toArray();
    Map<Integer, Told> told = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(HISTORY)) {
      statement.setArray(1, connection.createArrayOf("uuid", conversations));
      statement.setArray(2, connection.createArrayOf("bigint", turns));
      statement.setArray(3, connection.createArrayOf("text", users));
      statement.setInt(4, config.historyMessages());
      statement.setInt(5, config.historyMessages());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          int order = rows.getInt("order_number") - 1;
          Told known = told.get(order);
          if (known == null) {
            known = new Told(rows.getString("default_model"), new ArrayList<>());
            told.put(order, known);
          }
          known.history().add(StoredMessage.read(rows));
        }
      }
    }
    return told;
  }
}

package dev.confab.chat.message;

import dev.confab.chat.ledger.Reads;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Pages of a conversation's history: one range of the primary key each, whatever its length. */
@ApplicationScoped
public class MessageQueries {
  private record Found(StoredMessage message, String feedback) {}

  private static final int MAX_REPLIES = 200;
  private static final String FOUND =
      "SELECT "
          + StoredMessage.COLUMNS
          + ", f.value AS my_feedback FROM messages m LEFT JOIN message_feedback f"
          + " ON f.user_id = ? AND f.conversation_id = m.conversation_id AND f.message_id = m.id"
          + " WHERE m.conversation_id = ?";
  private static final String FORWARD =
      FOUND + " AND m.seq > ? AND m.seq < ? ORDER BY m.seq LIMIT ?";
  private static final String BACKWARD = FOUND + " AND m.seq < ? ORDER BY m.seq DESC LIMIT ?";
  private static final String REPLIES =
      FOUND
          + " AND m.reply_to = ? AND m.message_type = 'assistant' AND m.status <> 'deleted'"
          + " ORDER BY m.seq LIMIT "
          + MAX_REPLIES;
  private static final String ONE =
      "SELECT "
          + StoredMessage.COLUMNS
          + " FROM messages m WHERE m.conversation_id = ? AND m.id = ?";

  private final Reads reads;

  MessageQueries(Reads reads) {
    this.reads = reads;
  }

  /** Messages by birth, ascending: the first ones after a number. */
  public List<MessageItem> after(
      UUID conversationId, String userId, long afterSeq, long beforeSeq, int limit) {
    return items(
        reads.plain(c -> all(c, FORWARD, userId, conversationId, afterSeq, beforeSeq, limit)));
  }

  /** Messages by birth, ascending: the last ones before a number. */
  List<MessageItem> before(UUID conversationId, String userId, long beforeSeq, int limit) {
    List<Found> found =
        new ArrayList<>(
            reads.plain(c -> all(c, BACKWARD, userId, conversationId, beforeSeq, limit)));
    Collections.reverse(found);
    return items(found);
  }

  /** All replies to a message, oldest first; the one that counts is marked. */
  List<MessageItem> replies(UUID conversationId, String userId, UUID turnId) {
    List<Found> found = reads.plain(c -> all(c, REPLIES, userId, conversationId, turnId));
    Optional<UUID> chosen =
        found.stream()
            .map(Found::message)
            .filter(m -> m.status() != MessageStatus.FAILED)
            .max(Comparator.comparing(StoredMessage::rank))
            .map(StoredMessage::id);
    return found.stream()
        .map(
            f ->
                new MessageItem(
                    f.message().toContract(),
                    f.feedback(),
                    chosen.filter(f.message().id()::equals).isPresent()))
        .toList();
  }

  /** Whether a reply to this message is being written. */
  boolean isBeingAnswered(UUID conversationId, String userId, UUID turnId) {
    return replies(conversationId, userId, turnId).stream()
        .anyMatch(r -> MessageStatus.STREAMING.wire().equals(r.message().status()));
  }

  /** One message. */
  Optional<StoredMessage> find(UUID conversationId, UUID id) {
    return reads.plain(c -> Reads.first(c, ONE, StoredMessage::read, conversationId, id));
  }

  private static List<Found> all(Connection connection, String sql, Object... parameters)
      throws SQLException {
    return Reads.all(connection, sql, MessageQueries::read, parameters);
  }

  private static Found read(ResultSet rows) throws SQLException {
    return new Found(StoredMessage.read(rows), rows.getString("my_feedback"));
  }

  private static List<MessageItem> items(List<Found> found) {
    return found.stream()
        .map(f -> new MessageItem(f.message().toContract(), f.feedback(), null))
        .toList();
  }
}

package dev.confab.chat.conversation;

import dev.confab.chat.ledger.Reads;
import java.sql.Connection;
import java.sql.SQLException;

/** How many messages of others lie above one's read position, counted up to a bound. */
public final class UnreadCount {
  private static final int MAX = 1000;
  private static final String COUNT =
      "SELECT count(*) AS unread FROM (SELECT 1 FROM messages m WHERE m.conversation_id = ?"
          + " AND m.seq > ? AND m.sender_id <> ? AND m.status <> 'deleted' LIMIT "
          + MAX
          + ") u";

  private UnreadCount() {}

  /** Counts; nothing is read where the position has reached the conversation's last number. */
  public static int of(Connection connection, ParticipantRow participant, long lastSeq)
      throws SQLException {
    if (participant.lastReadSeq() >= lastSeq) {
      return 0;
    }
    return Reads.first(
            connection,
            COUNT,
            rows -> rows.getInt("unread"),
            participant.conversationId(),
            participant.lastReadSeq(),
            participant.userId())
        .orElse(0);
  }
}

package dev.confab.chat.conversation;

import dev.confab.chat.ledger.Reads;
import java.sql.Connection;
import java.sql.SQLException;

/** What of others lies above one's read position; messages are counted up to a bound. */
public final class UnreadCount {
  private static final int MAX = 1000;
  private static final String COUNT =
      "SELECT (SELECT count(*) FROM (SELECT 1 FROM messages m WHERE m.conversation_id = ?"
          + " AND m.seq > ? AND m.sender_id <> ? AND m.status <> 'deleted' LIMIT "
          + MAX
          + ") u) AS unread, (SELECT count(*) FROM mentions n WHERE n.conversation_id = ?"
          + " AND n.user_id = ? AND n.seq > ?) AS mentions";

  private UnreadCount() {}

  /** Counts; nothing is read where the position has reached the conversation's last number. */
  public static Unread of(Connection connection, ParticipantRow participant, long lastSeq)
      throws SQLException {
    if (participant.lastReadSeq() >= lastSeq) {
      return Unread.NONE;
    }
    return Reads.first(
            connection,
            COUNT,
            rows -> new Unread(rows.getInt("unread"), rows.getInt("mentions")),
            participant.conversationId(),
            participant.lastReadSeq(),
            participant.userId(),
            participant.conversationId(),
            participant.userId(),
            participant.lastReadSeq())
        .orElse(Unread.NONE);
  }
}

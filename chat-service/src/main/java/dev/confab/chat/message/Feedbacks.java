package dev.confab.chat.message;

import dev.confab.chat.ledger.Reads;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What users think of replies: one opinion per user and reply, seen by nobody else. */
@ApplicationScoped
class Feedbacks {
  private static final String PUT =
      "INSERT INTO message_feedback (user_id, conversation_id, message_id, value, comment, given_at)"
          + " VALUES (?, ?, ?, ?, ?, clock_timestamp())"
          + " ON CONFLICT (user_id, conversation_id, message_id) DO UPDATE"
          + " SET value = EXCLUDED.value, comment = EXCLUDED.comment, given_at = EXCLUDED.given_at"
          + " RETURNING value";
  private static final String TAKE_BACK =
      "DELETE FROM message_feedback WHERE user_id = ? AND conversation_id = ? AND message_id = ?"
          + " RETURNING value";

  private final Reads database;

  Feedbacks(Reads database) {
    this.database = database;
  }

  void put(String userId, UUID conversationId, UUID messageId, String value, String comment) {
    database.plain(
        c ->
            Reads.first(
                c,
                PUT,
                rows -> rows.getString("value"),
                userId,
                conversationId,
                messageId,
                value,
                comment));
  }

  void takeBack(String userId, UUID conversationId, UUID messageId) {
    database.plain(
        c ->
            Reads.first(
                c, TAKE_BACK, rows -> rows.getString("value"), userId, conversationId, messageId));
  }
}

package dev.confab.chat.standin;

import dev.confab.chat.conversation.Instants;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.message.StoredMessage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Since when members were away whose stand-ins have spoken, and what those said. */
final class Absences {
  private static final String SAID =
      " FROM messages m WHERE m.conversation_id = a.conversation_id AND m.on_behalf_of = a.user_id"
          + " AND m.seq > a.since_seq AND m.status <> 'deleted'"
          + " AND (m.status = 'streaming' OR m.content <> '')";

  // Who is told by another replica just now is left to it.
  private static final String END =
      "UPDATE stand_in_absences a SET returned_at = clock_timestamp() FROM (SELECT o.conversation_id,"
          + " o.user_id FROM stand_in_absences o WHERE o.user_id = ANY(?) AND o.returned_at IS NULL"
          + " FOR UPDATE SKIP LOCKED) AS mine WHERE a.conversation_id = mine.conversation_id"
          + " AND a.user_id = mine.user_id RETURNING a.conversation_id, a.user_id, a.since_seq,"
          + " a.since, (SELECT count(*)"
          + SAID
          + ") AS said";
  private static final String LAST =
      "SELECT a.conversation_id, a.user_id, a.since_seq, a.since, (SELECT count(*)"
          + SAID
          + ") AS said FROM stand_in_absences a WHERE a.conversation_id = ? AND a.user_id = ?";
  private static final String MESSAGES =
      "SELECT "
          + StoredMessage.COLUMNS
          + " FROM messages m WHERE m.conversation_id = ? AND m.on_behalf_of = ? AND m.seq > ?"
          + " AND m.status <> 'deleted' AND (m.status = 'streaming' OR m.content <> '')"
          + " ORDER BY m.seq LIMIT ?";
  private static final String ANSWERED =
      "SELECT "
          + StoredMessage.COLUMNS
          + " FROM messages m WHERE m.conversation_id = ? AND m.id = ANY(?)";

  /**
   * A member's last absence in a conversation.
   *
   * @param sinceSeq what was said after this number was said in it
   * @param since when the member was last there
   * @param count how many messages there are in their name
   */
  record Ended(UUID conversationId, String userId, long sinceSeq, Instant since, int count) {}

  private Absences() {}

  /** Ends the open absences of users who are back; each is ended by one replica. */
  static List<Ended> end(Connection connection, Collection<String> users) throws SQLException {
    return users.isEmpty()
        ? List.of()
        : Reads.all(
            connection, END, Absences::read, connection.createArrayOf("text", users.toArray()));
  }

  static Optional<Ended> last(Connection connection, UUID conversation, String user)
      throws SQLException {
    return Reads.first(connection, LAST, Absences::read, conversation, user);
  }

  static List<StoredMessage> messages(Connection connection, Ended absence, int limit)
      throws SQLException {
    return Reads.all(
        connection,
        MESSAGES,
        StoredMessage::read,
        absence.conversationId(),
        absence.userId(),
        absence.sinceSeq(),
        limit);
  }

  static List<StoredMessage> answered(
      Connection connection, UUID conversation, Collection<UUID> ids) throws SQLException {
    return Reads.all(
        connection,
        ANSWERED,
        StoredMessage::read,
        conversation,
        connection.createArrayOf("uuid", ids.toArray()));
  }

  private static Ended read(ResultSet rows) throws SQLException {
    return new Ended(
        rows.getObject("conversation_id", UUID.class),
        rows.getString("user_id"),
        rows.getLong("since_seq"),
        Instants.read(rows, "since"),
        rows.getInt("said"));
  }
}

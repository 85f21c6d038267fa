package dev.confab.chat.conversation;

import dev.confab.chat.ledger.Reads;
import dev.confab.contracts.chat.Conversation;
import dev.confab.contracts.chat.Participant;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reading conversations for one of their participants. */
@ApplicationScoped
public class ConversationQueries {
  private record Found(ConversationRow row, ParticipantRow own, int unread) {}

  private static final String MINE =
      "SELECT "
          + ConversationRow.COLUMNS
          + ", "
          + ParticipantRow.COLUMNS
          + ","
          + " CASE WHEN p.last_read_seq >= c.last_seq THEN 0 ELSE (SELECT count(*) FROM (SELECT 1"
          + " FROM messages m WHERE m.conversation_id = c.id AND m.seq > p.last_read_seq"
          + " AND m.sender_id <> p.user_id AND m.status <> 'deleted' LIMIT 1000) u) END AS unread"
          + " FROM participants p JOIN conversations c ON c.id = p.conversation_id";
  private static final String LIST =
      MINE
          + " WHERE p.user_id = ? AND c.deleted_at IS NULL AND (c.updated_at, c.id) < (?, ?)"
          + " ORDER BY c.updated_at DESC, c.id DESC LIMIT ?";
  private static final String ONE = MINE + " WHERE p.user_id = ? AND p.conversation_id = ?";
  private static final String LISTED =
      "SELECT "
          + ParticipantRow.COLUMNS
          + " FROM conversations c JOIN participants p"
          + " ON p.conversation_id = c.id WHERE c.id = ANY(?) AND c.participant_count <= "
          + Conversation.LISTED_PARTICIPANTS
          + " ORDER BY p.joined_at, p.user_id";
  private static final String PARTICIPANTS =
      "SELECT "
          + ParticipantRow.COLUMNS
          + " FROM participants p WHERE p.conversation_id = ?"
          + " AND p.user_id > ? ORDER BY p.user_id LIMIT ?";
  private static final String IS_MEMBER =
      "SELECT 1 FROM participants p WHERE p.conversation_id = ? AND p.user_id = ?";

  private final Reads reads;

  ConversationQueries(Reads reads) {
    this.reads = reads;
  }

  /** The user's active conversations, newest activity first. */
  public Page<ConversationItem> list(String userId, String cursor, int limit) {
    ListCursor from = ListCursor.parse(cursor);
    return reads.plain(
        connection -> {
          List<Found> found =
              Reads.all(
                  connection,
                  LIST,
                  ConversationQueries::read,
                  userId,
                  Instants.parameter(from.updatedAt()),
                  from.id(),
                  limit + 1);
          boolean more = found.size() > limit;
          List<Found> page = more ? found.subList(0, limit) : found;
          return new Page<>(items(connection, page), more ? after(page) : null);
        });
  }

  private static String after(List<Found> page) {
    ConversationRow last = page.get(page.size() - 1).row();
    return new ListCursor(last.updatedAt(), last.id()).write();
  }

  /** One conversation, closed ones too; empty for a stranger. */
  public Optional<ConversationItem> find(UUID id, String userId) {
    return reads.plain(
        connection -> {
          List<Found> found = Reads.all(connection, ONE, ConversationQueries::read, userId, id);
          return items(connection, found).stream().findFirst();
        });
  }

  /** Whether the user takes part. */
  public boolean isParticipant(UUID id, String userId) {
    return reads.plain(
        connection -> Reads.first(connection, IS_MEMBER, rows -> true, id, userId).orElse(false));
  }

  /** Participants in the order of their ids, after one of them. */
  public Page<Participant> participants(UUID id, String afterUserId, int limit) {
    return reads.plain(
        connection -> {
          String after = afterUserId == null ? "" : afterUserId;
          List<ParticipantRow> found =
              Reads.all(connection, PARTICIPANTS, ParticipantRow::read, id, after, limit + 1);
          boolean more = found.size() > limit;
          List<ParticipantRow> page = more ? found.subList(0, limit) : found;
          return new Page<>(
              page.stream().map(ParticipantRow::toContract).toList(),
              more ? page.get(page.size() - 1).userId() : null);
        });
  }

  private static Found read(ResultSet rows) throws SQLException {
    return new Found(ConversationRow.read(rows), ParticipantRow.read(rows), rows.getInt("unread"));
  }

  private static List<ConversationItem> items(Connection connection, List<Found> found)
      throws SQLException {
    Object[] ids = found.stream().map(f -> f.row().id()).toArray();
    Map<UUID, List<ParticipantRow>> participants =
        Reads.all(connection, LISTED, ParticipantRow::read, connection.createArrayOf("uuid", ids))
            .stream()
            .collect(Collectors.groupingBy(ParticipantRow::conversationId));
    return found.stream()
        .map(
            f ->
                new ConversationItem(
                    f.row().toContract(participants.getOrDefault(f.row().id(), List.of())),
                    f.own().view(f.unread())))
        .toList();
  }
}

package dev.confab.chat.internal;

import dev.confab.chat.conversation.ConversationRow;
import dev.confab.chat.conversation.ParticipantRow;
import dev.confab.chat.conversation.UnreadCount;
import dev.confab.chat.internal.InternalResource.Head;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.message.StoredMessage;
import dev.confab.chat.reply.Reply;
import dev.confab.chat.reply.ReplyQueue;
import dev.confab.chat.reply.ReplyRows;
import dev.confab.chat.support.OperatorAccess;
import dev.confab.contracts.chat.Changes;
import dev.confab.contracts.chat.Conversation;
import dev.confab.contracts.chat.ConversationView;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What changed in a conversation, read in one snapshot: births by the primary key, later changes by
 * their own index, ordered by the number of the last change.
 */
@ApplicationScoped
class ChangeQueries {
  /**
   * A position to continue from.
   *
   * @param afterSeq null asks for the state alone, without messages
   * @param history the past that the position belongs to, or null
   * @param userId who asks, or null
   * @param role who takes no part may see it as {@code operator} or {@code admin}; null for users
   */
  record Asked(Long afterSeq, String history, String userId, String role, int limit) {
    private Set<String> roles() {
      return role == null ? Set.of() : Set.of(role);
    }
  }

  private record Look(ConversationRow row, Optional<ParticipantRow> asking, boolean member) {}

  private static final String CONVERSATION =
      "SELECT " + ConversationRow.COLUMNS + " FROM conversations c WHERE c.id = ?";
  private static final String PARTICIPANTS =
      "SELECT "
          + ParticipantRow.COLUMNS
          + " FROM participants p WHERE p.conversation_id = ?"
          + " ORDER BY p.joined_at, p.user_id LIMIT "
          + Conversation.LISTED_PARTICIPANTS;
  private static final String PARTICIPANT =
      "SELECT "
          + ParticipantRow.COLUMNS
          + " FROM participants p WHERE p.conversation_id = ?"
          + " AND p.user_id = ?";
  private static final String RUNNING =
      "SELECT "
          + ReplyRows.COLUMNS
          + " FROM replies r WHERE r.conversation_id = ?"
          + " AND r.status = 'running' AND r.status <> 'ended'";
  private static final String CHANGED =
      "(SELECT "
          + StoredMessage.COLUMNS
          + " FROM messages m WHERE m.conversation_id = ?"
          + " AND m.seq > ? AND m.changed_seq = m.seq AND m.status <> 'streaming'"
          + " ORDER BY m.seq LIMIT ?) UNION ALL "
          + "(SELECT "
          + StoredMessage.COLUMNS
          + " FROM messages m WHERE m.conversation_id = ?"
          + " AND m.changed_seq > m.seq AND m.changed_seq > ?"
          + " ORDER BY m.changed_seq LIMIT ?) ORDER BY changed_seq LIMIT ?";
  private static final String HEADS =
      "SELECT c.id, c.last_seq, c.history FROM conversations c WHERE c.id = ANY(?)";

  private final Reads reads;

  ChangeQueries(Reads reads) {
    this.reads = reads;
  }

  Optional<Changes> read(UUID id, Asked asked) {
    return reads.snapshot(connection -> read(connection, id, asked));
  }

  private static Optional<Changes> read(Connection connection, UUID id, Asked asked)
      throws SQLException {
    Optional<ConversationRow> row =
        Reads.first(connection, CONVERSATION, ConversationRow::read, id);
    if (row.isEmpty()) {
      return Optional.empty();
    }
    Optional<ParticipantRow> asking =
        asked.userId() == null
            ? Optional.empty()
            : Reads.first(connection, PARTICIPANT, ParticipantRow::read, id, asked.userId());
    boolean member =
        asked.userId() == null
            || asking.isPresent()
            || OperatorAccess.mayRead(connection, id, asked.userId(), asked.roles());
    return Optional.of(changes(connection, new Look(row.get(), asking, member), asked));
  }

  private static Changes changes(Connection connection, Look look, Asked asked)
      throws SQLException {
    ConversationRow row = look.row();
    boolean reset = isOfAnotherPast(row, asked);
    List<StoredMessage> found = messages(connection, look, asked, reset);
    boolean more = found.size() > asked.limit();
    List<StoredMessage> page = more ? found.subList(0, asked.limit()) : found;
    long upTo = more ? page.get(page.size() - 1).changedSeq() : row.lastSeq();
    Optional<Reply> running = Reads.first(connection, RUNNING, ReplyRows::read, row.id());
    return new Changes(
        row.toContract(participants(connection, row)),
        look.member(),
        view(connection, look),
        page.stream().map(StoredMessage::toContract).toList(),
        look.member() ? running.map(ReplyQueue::announce).orElse(null) : null,
        upTo,
        more,
        reset);
  }

  private static boolean isOfAnotherPast(ConversationRow row, Asked asked) {
    boolean otherHistory =
        asked.history() != null && !asked.history().equals(row.history().toString());
    return otherHistory || (asked.afterSeq() != null && asked.afterSeq() > row.lastSeq());
  }

  private static List<StoredMessage> messages(
      Connection connection, Look look, Asked asked, boolean reset) throws SQLException {
    if (asked.afterSeq() == null || !look.member()) {
      return List.of();
    }
    long after = reset ? 0 : Math.max(0, asked.afterSeq());
    UUID id = look.row().id();
    int limit = asked.limit() + 1;
    return Reads.all(
        connection, CHANGED, StoredMessage::read, id, after, limit, id, after, limit, limit);
  }

  private static List<ParticipantRow> participants(Connection connection, ConversationRow row)
      throws SQLException {
    return row.isBig()
        ? List.of()
        : Reads.all(connection, PARTICIPANTS, ParticipantRow::read, row.id());
  }

  private static ConversationView view(Connection connection, Look look) throws SQLException {
    if (look.asking().isEmpty()) {
      return null;
    }
    ParticipantRow asking = look.asking().get();
    return asking.view(UnreadCount.of(connection, asking, look.row().lastSeq()));
  }

  List<Head> heads(List<UUID> ids) {
    return reads.plain(
        connection ->
            Reads.all(
                connection,
                HEADS,
                rows ->
                    new Head(
                        rows.getString("id"), rows.getLong("last_seq"), rows.getString("history")),
                connection.createArrayOf("uuid", ids.toArray())));
  }
}

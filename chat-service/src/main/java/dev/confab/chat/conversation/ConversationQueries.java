package dev.confab.chat.conversation;

import dev.confab.chat.conversation.ConversationItem.BranchPoint;
import dev.confab.chat.ledger.Reads;
import dev.confab.contracts.chat.Conversation;
import dev.confab.contracts.chat.Participant;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reading conversations for one of their participants. */
@ApplicationScoped
public class ConversationQueries {
  /** Beyond so many numbers, what is unread is not counted. */
  private static final int UNREAD_WITHIN = 2_000;

  private record Found(
      ConversationRow row,
      ParticipantRow own,
      Unread unread,
      OffsetDateTime listedAt,
      BranchPoint branchedFrom) {}

  private static final String MINE =
      "SELECT "
          + ConversationRow.COLUMNS
          + ", "
          + ParticipantRow.COLUMNS
          + ","
          + " CASE WHEN p.last_read_seq >= c.last_seq THEN 0 ELSE (SELECT count(*) FROM (SELECT 1"
          + " FROM messages m WHERE m.conversation_id = c.id"
          + " AND m.seq > GREATEST(p.last_read_seq, c.last_seq - "
          + UNREAD_WITHIN
          + ") AND m.sender_id <> p.user_id AND m.status <> 'deleted' LIMIT 1000) u)"
          + " END AS unread, CASE WHEN p.last_read_seq >= c.last_seq THEN 0 ELSE"
          + " (SELECT count(*) FROM mentions n WHERE n.conversation_id = c.id"
          + " AND n.user_id = p.user_id AND n.seq > p.last_read_seq) END AS mentions, CASE WHEN EXISTS (SELECT 1 FROM participants b"
          + " WHERE b.conversation_id = c.branched_from AND b.user_id = p.user_id)"
          + " THEN c.branched_from END AS branched_from, c.branched_at, l.active_at"
          + " FROM listings l"
          + " JOIN participants p ON p.conversation_id = l.conversation_id AND p.user_id = l.user_id"
          + " JOIN conversations c ON c.id = l.conversation_id";
  private static final String LIST =
      MINE
          + " WHERE l.user_id = ? AND l.state = ?"
          + " AND (l.active_at, l.conversation_id) < (?, ?)"
          + " AND (?::text IS NULL OR c.kind = ?)"
          + " AND (?::text IS NULL OR c.title ILIKE ?)"
          + " ORDER BY l.active_at DESC, l.conversation_id DESC LIMIT ?";
  private static final String ONE = MINE + " WHERE l.user_id = ? AND l.conversation_id = ?";
  private static final String LOOK =
      "SELECT " + ConversationRow.COLUMNS + " FROM conversations c WHERE c.id = ?";
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

  /**
   * Which of one's conversations to list.
   *
   * @param state {@code active}, {@code archived} or {@code deleted}
   * @param kind only of this kind, or null
   * @param title only those whose title has this in it, or null
   */
  public record Wanted(String state, String kind, String title) {
    private String pattern() {
      return title == null ? null : '%' + title.replaceAll("([\\\\%_])", "\\\\$1") + '%';
    }
  }

  /**
   * The user's conversations, newest activity first. The order follows what happens within a
   * second; what is in the list, and what it says, is as it stands now.
   */
  public Page<ConversationItem> list(String userId, Wanted wanted, String cursor, int limit) {
    ListCursor from = ListCursor.parse(cursor);
    return reads.plain(
        connection -> {
          List<Found> found =
              Reads.all(
                  connection,
                  LIST,
                  ConversationQueries::read,
                  userId,
                  wanted.state(),
                  Instants.parameter(from.updatedAt()),
                  from.id(),
                  wanted.kind(),
                  wanted.kind(),
                  wanted.pattern(),
                  wanted.pattern(),
                  limit + 1);
          boolean more = found.size() > limit;
          List<Found> page = more ? found.subList(0, limit) : found;
          return new Page<>(items(connection, page), more ? after(page) : null);
        });
  }

  private static String after(List<Found> page) {
    Found last = page.get(page.size() - 1);
    return new ListCursor(last.listedAt().toInstant(), last.row().id()).write();
  }

  /** One conversation, closed ones too; empty for a stranger. */
  public Optional<ConversationItem> find(UUID id, String userId) {
    return reads.plain(
        connection -> {
          List<Found> found = Reads.all(connection, ONE, ConversationQueries::read, userId, id);
          return items(connection, found).stream().findFirst();
        });
  }

  /** One conversation as who takes no part in it may see it; the caller checked that they may. */
  public Optional<ConversationItem> look(UUID id) {
    return reads.plain(
        connection -> {
          Optional<ConversationRow> row = Reads.first(connection, LOOK, ConversationRow::read, id);
          List<ParticipantRow> participants =
              Reads.all(
                  connection,
                  LISTED,
                  ParticipantRow::read,
                  connection.createArrayOf("uuid", new Object[] {id}));
          return row.map(r -> new ConversationItem(r.toContract(participants), null));
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
    String branchedFrom = rows.getString("branched_from");
    return new Found(
        ConversationRow.read(rows),
        ParticipantRow.read(rows),
        new Unread(rows.getInt("unread"), rows.getInt("mentions")),
        rows.getObject("active_at", OffsetDateTime.class),
        branchedFrom == null ? null : new BranchPoint(branchedFrom, rows.getString("branched_at")));
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
                    f.own().view(f.unread()),
                    f.branchedFrom()))
        .toList();
  }
}

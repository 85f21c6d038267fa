package dev.confab.chat.desk;

import dev.confab.chat.conversation.Page;
import dev.confab.chat.conversation.ParticipantRow;
import dev.confab.chat.desk.EarlierDialogs.Earlier;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.message.StoredMessage;
import dev.confab.chat.support.OperatorAccess;
import dev.confab.contracts.chat.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reading dialogs for those who work them. */
@ApplicationScoped
public class DialogQueries {
  private static final int MAX_EARLIER = 20;
  private static final String FOUND =
      "SELECT "
          + DialogRow.COLUMNS
          + " FROM support_dialogs d JOIN conversations c ON c.id = d.conversation_id WHERE ";

  /** Parameters: whether an admin asks, and who asks. */
  static final String WORKED =
      "(?::boolean OR " + OperatorAccess.works("d.site_id", "?::text") + ")";

  private static final String ONE = FOUND + "d.conversation_id = ? AND " + WORKED;
  private static final String NAMED = FOUND + "d.conversation_id = ANY(?)";
  private static final String PARTICIPANTS =
      "SELECT "
          + ParticipantRow.COLUMNS
          + " FROM participants p WHERE p.conversation_id = ANY(?) ORDER BY p.joined_at, p.user_id";
  private static final String LAST_MESSAGES =
      "SELECT "
          + StoredMessage.COLUMNS
          + " FROM unnest(?) AS k(id) CROSS JOIN LATERAL (SELECT l.* FROM messages l"
          + " WHERE l.conversation_id = k.id AND l.status NOT IN ('deleted', 'streaming')"
          + " ORDER BY l.seq DESC LIMIT 1) m";

  // Looked for among the last messages only: further back nobody counts.
  private static final String UNANSWERED =
      "SELECT k.id, count(*) AS unanswered FROM unnest(?) AS k(id) CROSS JOIN LATERAL ("
          + "SELECT t.message_type, bool_or(t.answers) OVER (ORDER BY t.seq DESC) AS answered"
          + " FROM (SELECT m.seq, m.message_type, m.message_type = 'operator'"
          + " OR m.message_type = 'assistant' AND m.kind <> 'fallback' AND m.content <> ''"
          + " AS answers FROM messages m WHERE m.conversation_id = k.id"
          + " AND m.status NOT IN ('deleted', 'streaming') ORDER BY m.seq DESC LIMIT 100) t) u"
          + " WHERE u.message_type = 'user' AND NOT u.answered GROUP BY k.id";
  private static final String EARLIER =
      "SELECT e.conversation_id, e.site_id, e.state, e.tags, e.rating, e.created_at, c.preview"
          + " FROM support_dialogs n JOIN support_dialogs e ON e.visitor_key = n.visitor_key"
          + " AND e.conversation_id <> n.conversation_id"
          + " JOIN conversations c ON c.id = e.conversation_id"
          + " WHERE n.conversation_id = ? AND (?::boolean OR "
          + OperatorAccess.works("e.site_id", "?::text")
          + ") ORDER BY e.created_at DESC LIMIT "
          + MAX_EARLIER;

  /**
   * Which dialogs to list.
   *
   * @param state as it is stored, {@code open} for all that are not closed, or null for all
   * @param operatorId only those that this operator answers, or null
   * @param siteId only those of this site, or null
   * @param tag only those that are called so, or null
   */
  public record Wanted(String state, String operatorId, UUID siteId, String tag) {}

  private final Reads reads;

  DialogQueries(Reads reads) {
    this.reads = reads;
  }

  /** Those that wait by how long they do, the longest first; others by their age, newest first. */
  Page<DialogItem> list(Actor actor, Wanted wanted, String cursor, int limit) {
    DialogFilter filter = new DialogFilter(actor, wanted, cursor, limit + 1);
    return reads.snapshot(
        connection -> {
          List<DialogRow> found =
              Reads.all(connection, FOUND + filter.sql(), DialogRow::read, filter.parameters());
          boolean more = found.size() > limit;
          List<DialogRow> page = more ? found.subList(0, limit) : found;
          return new Page<>(
              items(connection, page), more ? filter.after(page.get(page.size() - 1)) : null);
        });
  }

  /** One dialog; empty for whoever does not work its site. */
  Optional<DialogItem> find(UUID id, Actor actor) {
    return reads.snapshot(
        connection -> {
          boolean admin = OperatorAccess.isAdmin(actor.roles());
          List<DialogRow> found =
              Reads.all(connection, ONE, DialogRow::read, id, admin, actor.userId());
          return items(connection, found).stream().findFirst();
        });
  }

  /** Some dialogs, whoever asks; what is none is absent. */
  List<DialogItem> named(List<UUID> ids) {
    return reads.snapshot(
        connection ->
            items(
                connection,
                Reads.all(
                    connection,
                    NAMED,
                    DialogRow::read,
                    connection.createArrayOf("uuid", ids.toArray()))));
  }

  /** Other dialogs of the same browser, as far as the actor works their sites; newest first. */
  List<Earlier> earlier(UUID id, Actor actor) {
    boolean admin = OperatorAccess.isAdmin(actor.roles());
    return reads.plain(c -> Reads.all(c, EARLIER, Earlier::read, id, admin, actor.userId()));
  }

  private static List<DialogItem> items(Connection connection, List<DialogRow> found)
      throws SQLException {
    Array ids = connection.createArrayOf("uuid", found.stream().map(DialogRow::id).toArray());
    Map<UUID, List<ParticipantRow>> participants =
        Reads.all(connection, PARTICIPANTS, ParticipantRow::read, ids).stream()
            .collect(Collectors.groupingBy(ParticipantRow::conversationId));
    Map<UUID, StoredMessage> last = new HashMap<>();
    Reads.all(connection, LAST_MESSAGES, StoredMessage::read, ids)
        .forEach(message -> last.put(message.conversationId(), message));
    Map<UUID, Integer> unanswered = new HashMap<>();
    Reads.all(connection, UNANSWERED, rows -> count(rows, unanswered), ids);
    return found.stream()
        .map(
            row ->
                row.item(
                    participants.getOrDefault(row.id(), List.of()),
                    last.get(row.id()),
                    unanswered.getOrDefault(row.id(), 0)))
        .toList();
  }

  private static Integer count(ResultSet rows, Map<UUID, Integer> into) throws SQLException {
    return into.put(rows.getObject("id", UUID.class), rows.getInt("unanswered"));
  }
}

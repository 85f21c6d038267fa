package dev.confab.chat.conversation;

import dev.confab.chat.ledger.Ids;
import dev.confab.chat.ledger.Ledgers;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.ledger.Lookup;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.ledger.Update;
import dev.confab.chat.message.MessageText;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * New conversations out of the beginning of others: what was said up to a message is copied, of
 * several replies to one message the one that counts. Nobody but the caller is in it.
 */
@ApplicationScoped
class Branches {
  private static final int MAX_MESSAGES = 10_000;
  private static final int MAX_TITLE_CHARS = 200;
  private static final String SUFFIX = " (branch)";

  private static final String SOURCE =
      "SELECT m.seq, c.title, c.kind FROM participants p"
          + " JOIN conversations c ON c.id = p.conversation_id"
          + " JOIN messages m ON m.conversation_id = c.id AND m.id = ? AND m.status NOT IN"
          + " ('deleted', 'streaming') WHERE p.conversation_id = ? AND p.user_id = ?";
  private static final String SIZE =
      "SELECT count(*) AS messages FROM (SELECT 1 FROM messages m WHERE m.conversation_id = ?"
          + " AND m.seq <= ? LIMIT ?) s";
  // Whatever a conversation has that is not named here goes over as it is.
  private static final String COPY_CONVERSATION =
      "INSERT INTO conversations SELECT (jsonb_populate_record(c, jsonb_build_object("
          + "'id', ?::uuid, 'kind', ?::text, 'title', ?::text, 'owner', ?::text, 'owner_epoch', 0,"
          + " 'operator_id', NULL, 'site_id', NULL, 'owner_since', NULL, 'open_turn', NULL,"
          + " 'open_turn_seq', NULL, 'answer_by', NULL, 'last_seq', 0, 'history', ?::uuid, 'preview', NULL,"
          + " 'preview_seq', 0, 'participant_count', 1, 'created_at', now(), 'updated_at', now(),"
          + " 'deleted_at', NULL, 'branched_from', c.id, 'branched_at', ?::uuid))).*"
          + " FROM conversations c WHERE c.id = ?";
  private static final String JOIN =
      "INSERT INTO participants (conversation_id, user_id, name, role, joined_at)"
          + " VALUES (?, ?, ?, 'host', now())";
  private static final String COPY_MESSAGES =
      "WITH line AS MATERIALIZED (SELECT m.*, gen_random_uuid() AS new_id,"
          + " row_number() OVER (ORDER BY m.seq) AS new_seq FROM (SELECT a.*, CASE"
          + " WHEN a.message_type = 'assistant' AND a.reply_to IS NOT NULL THEN row_number() OVER"
          + " (PARTITION BY a.message_type, COALESCE(a.reply_to, a.id) ORDER BY a.id = ? DESC,"
          + " a.status <> 'failed' DESC, COALESCE(a.chosen_seq, a.seq) DESC) ELSE 1 END AS place"
          + " FROM messages a WHERE a.conversation_id = ? AND a.seq <= ?"
          + " AND a.status NOT IN ('deleted', 'streaming')) m WHERE m.place = 1),"
          + " copied AS (INSERT INTO messages (conversation_id, seq, id, changed_seq, message_type,"
          + " kind, sender_id, sender_name, on_behalf_of, content, reply_to, status,"
          + " finish_reason, model, created_at, edited_at) SELECT ?, l.new_seq, l.new_id,"
          + " l.new_seq, l.message_type, l.kind, l.sender_id, l.sender_name, l.on_behalf_of,"
          + " l.content, q.new_id, l.status, l.finish_reason, l.model, l.created_at, l.edited_at"
          + " FROM line l LEFT JOIN line q ON q.id = l.reply_to RETURNING seq, content)"
          + " UPDATE conversations c SET last_seq = k.last_seq, preview_seq = k.last_seq,"
          + " preview = CASE WHEN c.sensitive THEN NULL ELSE left(regexp_replace(k.content,"
          + " '\\s+', ' ', 'g'), 120) END FROM (SELECT seq AS last_seq, content FROM copied"
          + " ORDER BY seq DESC LIMIT 1) k WHERE c.id = ?";
  // What is copied was counted when it was said.
  private static final String COUNTED =
      "INSERT INTO index_heads (conversation_id, counted_seq)"
          + " SELECT c.id, c.last_seq FROM conversations c WHERE c.id = ?";
  private static final String COPY_ASSISTANTS =
      "INSERT INTO room_assistants (conversation_id, assistant_id, persona, added_by, added_at)"
          + " SELECT ?, a.assistant_id, a.persona, a.added_by, a.added_at"
          + " FROM room_assistants a WHERE a.conversation_id = ?";
  private static final String HASH_JOINS = "SET LOCAL enable_hashjoin = on";

  private record Source(long seq, String title, String kind) {}

  private final Ledgers ledgers;
  private final Reads reads;

  Branches(Ledgers ledgers, Reads reads) {
    this.ledgers = ledgers;
    this.reads = reads;
  }

  /** Makes it, and says its id. */
  UUID branch(UUID from, UUID message, Actor actor) {
    Source source = source(from, message, actor.userId());
    UUID id = Ids.next();
    return ledgers.write(
        connection -> copy(connection, source, id, from, message, actor),
        new Lookup().conversation(id).user(id, actor.userId()),
        ledger -> {
          LockedConversation in = ledger.conversation(id).orElseThrow();
          ConversationChanges.announce(ledger, in, null);
          return id;
        });
  }

  private Source source(UUID from, UUID message, String userId) {
    Optional<Source> source =
        reads.plain(
            c ->
                Reads.first(
                    c,
                    SOURCE,
                    rows ->
                        new Source(
                            rows.getLong("seq"), rows.getString("title"), rows.getString("kind")),
                    message,
                    from,
                    userId));
    Source found = source.orElseThrow(() -> ProblemException.notFound("message"));
    int size =
        reads.plain(
            c ->
                Reads.first(
                        c,
                        SIZE,
                        rows -> rows.getInt("messages"),
                        from,
                        found.seq(),
                        MAX_MESSAGES + 1)
                    .orElse(0));
    if (size > MAX_MESSAGES) {
      throw new ProblemException(
          ErrorCode.CONFLICT, "A branch begins with at most " + MAX_MESSAGES + " messages.");
    }
    return found;
  }

  private static void copy(
      Connection connection, Source source, UUID id, UUID from, UUID message, Actor actor)
      throws SQLException {
    boolean room = "room".equals(source.kind());
    Update.run(
        connection,
        COPY_CONVERSATION,
        id,
        room ? "room" : "assistant",
        title(source.title()),
        room ? "member" : "assistant",
        UUID.randomUUID(),
        message,
        from);
    Update.run(connection, JOIN, id, actor.userId(), MessageText.storable(actor.name()));
    Update.run(connection, COPY_ASSISTANTS, id, from);
    Update.run(connection, HASH_JOINS);
    Update.run(connection, COPY_MESSAGES, message, from, source.seq(), id, id);
    Update.run(connection, COUNTED, id);
  }

  private static String title(String title) {
    if (title == null) {
      return null;
    }
    int kept = Math.min(title.length(), MAX_TITLE_CHARS - SUFFIX.length());
    return MessageText.storable(title.substring(0, kept)) + SUFFIX;
  }
}

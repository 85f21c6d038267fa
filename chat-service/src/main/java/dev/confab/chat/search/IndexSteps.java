package dev.confab.chat.search;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.ledger.Update;
import dev.confab.chat.ledger.Writes;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * One transaction of the indexer: under the rows of {@code index_heads}, never under a
 * conversation's, it takes in a range of numbers of each conversation. Being the range's end, the
 * head makes each message counted once.
 */
@ApplicationScoped
class IndexSteps {
  /** Up to so many participants are looked up by user; a wider room by its own id. */
  private static final int SMALL = 20;

  private static final Duration WIDE_ROOMS_MOVE_EVERY = Duration.ofSeconds(10);

  private static final String DUE =
      "SELECT h.conversation_id FROM index_heads h WHERE h.due_at <= clock_timestamp()"
          + " ORDER BY h.due_at LIMIT ?";
  private static final String POSTPONE =
      "UPDATE index_heads h SET due_at = clock_timestamp() + interval '10 minutes'"
          + " WHERE h.conversation_id = ?";
  private static final String MAKE_HEADS =
      "INSERT INTO index_heads (conversation_id) SELECT c.id FROM conversations c"
          + " WHERE c.id = ANY(?) ORDER BY c.id ON CONFLICT DO NOTHING";
  private static final String LOCK_HEADS =
      "SELECT h.conversation_id, h.indexed_seq, h.counted_seq, h.scopes, h.listed_at"
          + " FROM index_heads h WHERE h.conversation_id = ANY(?) ORDER BY h.conversation_id"
          + " FOR UPDATE";
  private static final String CONVERSATIONS =
      "SELECT c.id, c.last_seq, c.sensitive, c.updated_at, CASE WHEN c.participant_count <= "
          + SMALL
          + " THEN ARRAY(SELECT p.user_id FROM participants p WHERE p.conversation_id = c.id"
          + " ORDER BY p.user_id) END AS readers FROM conversations c WHERE c.id = ANY(?)";
  private static final String RESCOPE =
      "UPDATE index_heads h SET scopes = ? WHERE h.conversation_id = ?";
  private static final String REWIDEN =
      "UPDATE listings l SET wide = ? WHERE l.conversation_id = ? AND l.wide <> ?";
  private static final String INDEX =
      "INSERT INTO message_search AS s (conversation_id, seq, at, scopes, words)"
          + " SELECT k.id, m.seq, m.created_at, h.scopes,"
          // Angle brackets are text here, not tags to be skipped.
          + " to_tsvector('simple', translate(left(COALESCE(m.content, ''), 100000), '<>', '  '))"
          + " FROM unnest(?, ?, ?) AS k(id, from_seq, to_seq)"
          + " JOIN index_heads h ON h.conversation_id = k.id CROSS JOIN LATERAL ("
          + "SELECT b.seq, b.created_at, b.content FROM messages b"
          + " WHERE b.conversation_id = k.id AND b.seq > k.from_seq AND b.seq <= k.to_seq"
          + " AND b.status <> 'streaming' UNION ALL "
          + "SELECT b.seq, b.created_at, b.content FROM messages b"
          + " WHERE b.conversation_id = k.id AND b.changed_seq > b.seq"
          + " AND b.changed_seq > k.from_seq AND b.changed_seq <= k.to_seq"
          + " AND b.seq <= k.from_seq) m"
          + " ON CONFLICT (conversation_id, seq) DO UPDATE"
          + " SET scopes = EXCLUDED.scopes, words = EXCLUDED.words";
  private static final String COUNT =
      "INSERT INTO message_days AS d (user_id, day, messages)"
          + " SELECT m.sender_id, (m.created_at AT TIME ZONE 'UTC')::date, count(*)"
          + " FROM unnest(?, ?, ?) AS k(id, from_seq, to_seq) JOIN messages m"
          + " ON m.conversation_id = k.id AND m.seq > k.from_seq AND m.seq <= k.to_seq"
          + " AND m.message_type IN ('user', 'operator') GROUP BY 1, 2 ORDER BY 1, 2"
          + " ON CONFLICT (user_id, day) DO UPDATE SET messages = d.messages + EXCLUDED.messages";
  private static final String LIST =
      "UPDATE listings l SET active_at = k.active_at FROM unnest(?, ?) AS k(id, active_at)"
          + " WHERE l.conversation_id = k.id AND l.active_at < k.active_at";
  private static final String ASK_FOR_TITLES =
      "INSERT INTO title_jobs (conversation_id, due_at) SELECT c.id, clock_timestamp()"
          + " FROM unnest(?, ?, ?) AS k(id, from_seq, to_seq) JOIN conversations c ON c.id = k.id"
          + " AND c.title IS NULL AND c.kind = 'assistant' AND c.deleted_at IS NULL"
          + " WHERE EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = k.id"
          + " AND m.changed_seq > m.seq AND m.changed_seq > k.from_seq"
          + " AND m.changed_seq <= k.to_seq AND m.kind = 'ai_response'"
          + " AND m.status NOT IN ('streaming', 'deleted') AND m.content <> '')"
          + " ORDER BY c.id ON CONFLICT DO NOTHING";
  private static final String ADVANCE =
      "UPDATE index_heads h SET indexed_seq = k.indexed_seq,"
          + " counted_seq = GREATEST(h.counted_seq, k.indexed_seq), listed_at = k.listed_at,"
          + " due_at = k.due_at FROM unnest(?, ?, ?, ?) AS k(id, indexed_seq, listed_at, due_at)"
          + " WHERE h.conversation_id = k.id";

  private record Head(
      UUID id, long indexedSeq, long countedSeq, List<String> scopes, Instant listedAt) {}

  private record Present(
      UUID id, long lastSeq, boolean sensitive, Instant updatedAt, List<String> readers) {
    List<String> scopes() {
      List<String> scopes = new ArrayList<>();
      scopes.add(id.toString());
      scopes.addAll(readers);
      return scopes;
    }

    boolean isWide() {
      return readers.isEmpty();
    }
  }

  /** What is taken in of one conversation: the numbers after {@code from}, up to {@code to}. */
  private record Range(Head head, Present present, long from, long to) {
    UUID id() {
      return head.id();
    }

    boolean moves() {
      return !present.isWide()
          || present.updatedAt().isAfter(head.listedAt().plus(WIDE_ROOMS_MOVE_EVERY));
    }

    Instant listedAt() {
      return moves() ? present.updatedAt() : head.listedAt();
    }

    Instant dueAt() {
      if (to < present.lastSeq()) {
        return present.updatedAt();
      }
      return moves() ? null : head.listedAt().plus(WIDE_ROOMS_MOVE_EVERY);
    }
  }

  private final Reads reads;
  private final Writes writes;
  private final int numbersAtOnce;
  private final boolean titled;

  IndexSteps(Reads reads, Writes writes, ChatConfig config) {
    this.reads = reads;
    this.writes = writes;
    this.numbersAtOnce = config.index().numbersAtOnce();
    this.titled = config.titles().enabled();
  }

  /** Conversations to come back to. */
  List<UUID> due(int limit) {
    return reads.plain(
        c -> Reads.all(c, DUE, rows -> rows.getObject("conversation_id", UUID.class), limit));
  }

  /** Leaves a conversation for later. */
  void postpone(UUID conversation) {
    writes.run(c -> Update.run(c, POSTPONE, conversation));
  }

  /** Takes in what is new in some conversations. */
  void run(List<UUID> conversations) {
    writes.run(
        c -> {
          List<Range> ranges = ranges(c, conversations);
          if (ranges.isEmpty()) {
            return 0;
          }
          List<Range> open = ranges.stream().filter(r -> !r.present().sensitive()).toList();
          ranged(c, INDEX, open, Range::from);
          ranged(c, COUNT, ranges, r -> Math.max(r.from(), r.head().countedSeq()));
          if (titled) {
            ranged(c, ASK_FOR_TITLES, ranges, Range::from);
          }
          List<Range> moving = ranges.stream().filter(Range::moves).toList();
          Update.run(
              c,
              LIST,
              array(c, "uuid", moving, Range::id),
              array(c, "timestamptz", moving, r -> r.present().updatedAt().toString()));
          return advance(c, ranges);
        });
  }

  private static int advance(Connection c, List<Range> ranges) throws SQLException {
    return Update.run(
        c,
        ADVANCE,
        array(c, "uuid", ranges, Range::id),
        array(c, "bigint", ranges, Range::to),
        array(c, "timestamptz", ranges, r -> r.listedAt().toString()),
        array(c, "timestamptz", ranges, r -> r.dueAt() == null ? null : r.dueAt().toString()));
  }

  private static void ranged(
      Connection c, String sql, List<Range> ranges, Function<Range, Long> from)
      throws SQLException {
    Update.run(
        c,
        sql,
        array(c, "uuid", ranges, Range::id),
        array(c, "bigint", ranges, from),
        array(c, "bigint", ranges, Range::to));
  }

  private static Array array(
      Connection c, String type, List<Range> ranges, Function<Range, ?> column)
      throws SQLException {
    return c.createArrayOf(type, ranges.stream().map(column).toArray());
  }

  private List<Range> ranges(Connection c, List<UUID> conversations) throws SQLException {
    Array ids = c.createArrayOf("uuid", conversations.toArray());
    Update.run(c, MAKE_HEADS, ids);
    List<Head> heads = Reads.all(c, LOCK_HEADS, IndexSteps::readHead, ids);
    Map<UUID, Present> present = new HashMap<>();
    Reads.all(c, CONVERSATIONS, IndexSteps::readPresent, ids).forEach(p -> present.put(p.id(), p));
    List<Range> ranges = new ArrayList<>(heads.size());
    for (Head head : heads) {
      ranges.add(range(c, head, present.get(head.id())));
    }
    ranges.sort(Comparator.comparing(Range::id));
    return ranges;
  }

  /** Who may look changed: everything is taken in anew under the new scopes. */
  private Range range(Connection c, Head head, Present present) throws SQLException {
    long from = head.indexedSeq();
    if (!head.scopes().equals(present.scopes())) {
      from = 0;
      Update.run(c, RESCOPE, c.createArrayOf("text", present.scopes().toArray()), present.id());
      Update.run(c, REWIDEN, present.isWide(), present.id(), present.isWide());
    }
    long to = Math.min(present.lastSeq(), from + numbersAtOnce);
    return new Range(head, present, from, to);
  }

  private static Head readHead(ResultSet rows) throws SQLException {
    String[] scopes = (String[]) rows.getArray("scopes").getArray();
    return new Head(
        rows.getObject("conversation_id", UUID.class),
        rows.getLong("indexed_seq"),
        rows.getLong("counted_seq"),
        Arrays.asList(scopes),
        instant(rows, "listed_at"));
  }

  private static Present readPresent(ResultSet rows) throws SQLException {
    Array readers = rows.getArray("readers");
    return new Present(
        rows.getObject("id", UUID.class),
        rows.getLong("last_seq"),
        rows.getBoolean("sensitive"),
        instant(rows, "updated_at"),
        readers == null ? List.of() : Arrays.asList((String[]) readers.getArray()));
  }

  private static Instant instant(ResultSet rows, String column) throws SQLException {
    return rows.getTimestamp(column).toInstant();
  }
}

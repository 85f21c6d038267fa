package dev.confab.chat.search;

import dev.confab.chat.conversation.Instants;
import dev.confab.chat.conversation.Page;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds messages of conversations in which the user takes part, newest first.
 *
 * <p>Two steps, because words are either common or rare. First the newest messages are looked
 * through; words that stand in many are found there, at a cost that has nothing to do with how many
 * there are in all. What is not, goes through the inverted index, where rare words are cheap.
 */
@ApplicationScoped
public class SearchQueries {
  private static final int MAX_WIDE_ROOMS = 500;
  private static final String PARSE =
      "SELECT querytree(websearch_to_tsquery('simple', ?)) AS tree,"
          + " websearch_to_tsquery('simple', ?)::text AS words";
  private static final String WIDE =
      "SELECT l.conversation_id FROM listings l WHERE l.user_id = ? AND l.wide"
          + " ORDER BY l.active_at DESC LIMIT "
          + MAX_WIDE_ROOMS;
  private static final String IN_INDEX =
      "SELECT h.at, h.conversation_id, h.seq FROM (SELECT s.at, s.conversation_id, s.seq"
          + " FROM message_search s WHERE s.scopes && ? AND s.words @@ ?::tsquery"
          + " AND (s.at, s.conversation_id, s.seq) < (?, ?, ?)"
          + " ORDER BY s.at DESC, s.conversation_id DESC, s.seq DESC) h"
          + " JOIN listings l ON l.conversation_id = h.conversation_id AND l.user_id = ?"
          + " AND (?::boolean OR l.state <> 'deleted')"
          + " ORDER BY h.at DESC, h.conversation_id DESC, h.seq DESC LIMIT ?";
  private static final String HIT =
      "SELECT m.conversation_id, c.title, m.id, m.seq, m.message_type, m.sender_name,"
          + " m.created_at, ts_headline('simple', translate(COALESCE(m.content, ''),"
          + " '<' || chr(2) || chr(3) || chr(4), chr(4)), ?::tsquery, 'StartSel=' || chr(2) || ', StopSel=' || chr(3)"
          + " || ', MaxWords=32, MinWords=12') AS marked"
          + " FROM messages m JOIN conversations c ON c.id = m.conversation_id"
          + " WHERE m.conversation_id = ? AND m.seq = ? AND m.status <> 'deleted'";

  /**
   * What is looked for.
   *
   * @param conversationId only there, or null
   */
  public record Asked(String userId, String text, UUID conversationId, String cursor, int limit) {}

  private final Reads reads;

  SearchQueries(Reads reads) {
    this.reads = reads;
  }

  /** One page of hits. */
  public Page<SearchHit> search(Asked asked) {
    Place from = Place.parse(asked.cursor());
    return reads.plain(
        connection -> {
          String words = words(connection, asked.text());
          List<Place> found = places(connection, asked, words, from);
          boolean more = found.size() > asked.limit();
          List<Place> page = more ? found.subList(0, asked.limit()) : found;
          String next = more ? page.get(page.size() - 1).cursor() : null;
          return new Page<>(hits(connection, page, words), next);
        });
  }

  private static String words(Connection connection, String text) throws SQLException {
    return Reads.first(
            connection,
            PARSE,
            rows -> {
              String tree = rows.getString("tree");
              // T: what excludes words but names none would find nearly everything.
              return "T".equals(tree) || tree.isEmpty() ? "" : rows.getString("words");
            },
            text,
            text)
        .filter(words -> !words.isEmpty())
        .orElseThrow(() -> ProblemException.invalid("q", "Name at least one word to look for."));
  }

  private static List<Place> places(Connection connection, Asked asked, String words, Place from)
      throws SQLException {
    int wanted = asked.limit() + 1;
    NewestMessages newest = new NewestMessages(connection, words);
    Optional<List<Place>> recent =
        asked.conversationId() == null
            ? newest.ofUser(asked.userId(), from, wanted)
            : newest.ofConversation(asked.conversationId(), from, wanted);
    return recent.isPresent()
        ? recent.get()
        : Reads.all(
            connection,
            IN_INDEX,
            Place::read,
            connection.createArrayOf("text", scopes(connection, asked)),
            words,
            Instants.parameter(from.at()),
            from.conversationId(),
            from.seq(),
            asked.userId(),
            asked.conversationId() != null,
            wanted);
  }

  private static Object[] scopes(Connection connection, Asked asked) throws SQLException {
    if (asked.conversationId() != null) {
      return new Object[] {asked.conversationId().toString()};
    }
    List<String> scopes =
        new ArrayList<>(
            Reads.all(connection, WIDE, rows -> rows.getString("conversation_id"), asked.userId()));
    scopes.add(asked.userId());
    return scopes.toArray();
  }

  private static List<SearchHit> hits(Connection connection, List<Place> places, String words)
      throws SQLException {
    // One by one: each is a look-up by the whole primary key, whatever the planner thinks of joins.
    List<SearchHit> hits = new ArrayList<>(places.size());
    for (Place each : places) {
      hits.addAll(
          Reads.all(connection, HIT, SearchQueries::hit, words, each.conversationId(), each.seq()));
    }
    return hits;
  }

  private static SearchHit hit(ResultSet rows) throws SQLException {
    return new SearchHit(
        rows.getString("conversation_id"),
        rows.getString("title"),
        rows.getString("id"),
        rows.getLong("seq"),
        rows.getString("message_type"),
        rows.getString("sender_name"),
        Snippet.html(rows.getString("marked")),
        Instants.read(rows, "created_at"));
  }
}

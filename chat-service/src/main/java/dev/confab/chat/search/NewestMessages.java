package dev.confab.chat.search;

import dev.confab.chat.ledger.Reads;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Looks through the newest messages, a bounded number of them. It answers only if what it saw is
 * sure to hold the newest hits there are.
 */
final class NewestMessages {
  private static final int OF_ONE_CONVERSATION = 200;
  private static final int CONVERSATIONS = 50;
  private static final int OF_EACH = 25;

  private static final String IN_ONE =
      "SELECT s.at, s.conversation_id, s.seq, s.words @@ ?::tsquery AS hit"
          + " FROM message_search s WHERE s.conversation_id = ? AND s.seq < ?"
          + " ORDER BY s.seq DESC LIMIT "
          + OF_ONE_CONVERSATION;
  private static final String LISTED =
      "SELECT l.conversation_id, l.active_at FROM listings l WHERE l.user_id = ? AND l.state = ?"
          + " ORDER BY l.active_at DESC, l.conversation_id DESC LIMIT "
          + (CONVERSATIONS + 1);
  private static final String IN_EACH =
      "SELECT s.at, s.conversation_id, s.seq, s.words @@ ?::tsquery AS hit FROM unnest(?) AS k(id)"
          + " CROSS JOIN LATERAL (SELECT n.at, n.conversation_id, n.seq, n.words"
          + " FROM message_search n WHERE n.conversation_id = k.id ORDER BY n.seq DESC LIMIT "
          + OF_EACH
          + ") s";

  private record Seen(Place place, boolean hit) {}

  private record Listed(UUID conversationId, Instant activeAt) {}

  private final Connection connection;
  private final String words;

  NewestMessages(Connection connection, String words) {
    this.connection = connection;
    this.words = words;
  }

  /** The newest hits in a conversation, if there are enough of them or nothing else is there. */
  Optional<List<Place>> ofConversation(UUID conversation, Place from, int wanted)
      throws SQLException {
    List<Seen> seen =
        Reads.all(connection, IN_ONE, NewestMessages::seen, words, conversation, from.seq());
    List<Place> hits = seen.stream().filter(Seen::hit).map(Seen::place).limit(wanted).toList();
    boolean all = seen.size() < OF_ONE_CONVERSATION;
    return all || hits.size() == wanted ? Optional.of(hits) : Optional.empty();
  }

  /** The newest hits of a user's first page, if enough of them are newer than all not seen here. */
  Optional<List<Place>> ofUser(String userId, Place from, int wanted) throws SQLException {
    if (from != Place.FIRST) {
      return Optional.empty();
    }
    List<Listed> listed = new ArrayList<>(listed(userId, "active"));
    listed.addAll(listed(userId, "archived"));
    listed.sort((a, b) -> b.activeAt().compareTo(a.activeAt()));
    // What lies in conversations beyond, or before the last one seen of each, is older than this.
    Instant floor = listed.size() > CONVERSATIONS ? listed.get(CONVERSATIONS).activeAt() : null;
    List<Seen> seen = inEach(listed.subList(0, Math.min(CONVERSATIONS, listed.size())));
    floor = latest(floor, unseenSince(seen));
    List<Place> hits = newest(seen, floor, wanted);
    return floor == null || hits.size() == wanted ? Optional.of(hits) : Optional.empty();
  }

  private List<Listed> listed(String userId, String state) throws SQLException {
    return Reads.all(
        connection,
        LISTED,
        rows ->
            new Listed(
                rows.getObject("conversation_id", UUID.class),
                rows.getObject("active_at", OffsetDateTime.class).toInstant()),
        userId,
        state);
  }

  private List<Seen> inEach(List<Listed> conversations) throws SQLException {
    Object[] ids = conversations.stream().map(Listed::conversationId).toArray();
    return Reads.all(
        connection, IN_EACH, NewestMessages::seen, words, connection.createArrayOf("uuid", ids));
  }

  private static Instant unseenSince(List<Seen> seen) {
    Instant floor = null;
    int inARow = 0;
    UUID conversation = null;
    for (Seen each : seen) {
      boolean same = each.place().conversationId().equals(conversation);
      inARow = same ? inARow + 1 : 1;
      conversation = each.place().conversationId();
      if (inARow == OF_EACH) {
        floor = latest(floor, each.place().at());
      }
    }
    return floor;
  }

  private static List<Place> newest(List<Seen> seen, Instant floor, int wanted) {
    return seen.stream()
        .filter(Seen::hit)
        .map(Seen::place)
        .filter(p -> floor == null || p.at().isAfter(floor))
        .sorted(Place.NEWEST_FIRST)
        .limit(wanted)
        .toList();
  }

  private static Instant latest(Instant one, Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isAfter(other) ? one : other;
  }

  private static Seen seen(ResultSet rows) throws SQLException {
    return new Seen(Place.read(rows), rows.getBoolean("hit"));
  }
}

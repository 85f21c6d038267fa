package dev.confab.chat.standin;

import dev.confab.chat.conversation.Instants;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.ledger.Update;
import dev.confab.chat.presence.PresenceState;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Takes due turns out of their table, each in one replica alone. */
final class TurnClaims {
  private static final String CLAIM =
      "DELETE FROM stand_in_turns d USING (SELECT t.conversation_id, t.turn_id FROM unnest(?, ?)"
          + " AS k(conversation_id, turn_id) JOIN stand_in_turns t"
          + " ON t.conversation_id = k.conversation_id AND t.turn_id = k.turn_id"
          + " FOR UPDATE OF t SKIP LOCKED) AS mine WHERE d.conversation_id = mine.conversation_id"
          + " AND d.turn_id = mine.turn_id RETURNING d.turn_id";
  private static final String NOTE =
      "SELECT p.stand_in_note FROM participants p WHERE p.conversation_id = ? AND p.user_id = ?";

  // An absence that is open goes on; the first words after a return begin another one.
  private static final String ABSENT =
      "INSERT INTO stand_in_absences AS a (conversation_id, user_id, since_seq, since)"
          + " VALUES (?, ?, ?, ?) ON CONFLICT (conversation_id, user_id) DO UPDATE SET"
          + " since_seq = EXCLUDED.since_seq, since = EXCLUDED.since, returned_at = NULL"
          + " WHERE a.returned_at IS NOT NULL";

  /**
   * A turn that is this replica's to answer.
   *
   * @param member for whom
   * @param note what that member wrote, or null
   */
  record Claimed(StandInTurn turn, String member, String note) {
    /** Never shows the note. */
    @Override
    public String toString() {
      return "Claimed[" + turn.turnId() + ' ' + member + ']';
    }
  }

  private TurnClaims() {}

  /** Claims what is due; what nobody is surely away for goes without an answer. */
  static List<Claimed> claim(
      Connection connection, List<StandInTurn> due, Map<String, PresenceState> known)
      throws SQLException {
    Set<UUID> mine =
        new HashSet<>(
            Reads.all(
                connection,
                CLAIM,
                rows -> rows.getObject("turn_id", UUID.class),
                ids(connection, due.stream().map(StandInTurn::conversationId).toArray()),
                ids(connection, due.stream().map(StandInTurn::turnId).toArray())));
    List<Claimed> claimed = new ArrayList<>();
    for (StandInTurn turn : due) {
      if (mine.contains(turn.turnId())) {
        StandInPolicy.choose(turn.candidates(), known)
            .ifPresent(member -> claimed.add(new Claimed(turn, member, null)));
      }
    }
    // Absences in one order, so that two replicas never wait for each other.
    claimed.sort(
        Comparator.comparing((Claimed c) -> c.turn().conversationId())
            .thenComparing(Claimed::member));
    for (int i = 0; i < claimed.size(); i++) {
      claimed.set(i, noted(connection, claimed.get(i), known));
    }
    return claimed;
  }

  private static Claimed noted(
      Connection connection, Claimed claimed, Map<String, PresenceState> known)
      throws SQLException {
    StandInTurn turn = claimed.turn();
    String member = claimed.member();
    Instant seen = known.get(member).lastSeenAt();
    Update.run(
        connection,
        ABSENT,
        turn.conversationId(),
        member,
        turn.turnSeq(),
        Instants.parameter(seen == null ? turn.dueAt() : seen));
    Optional<String> note =
        Reads.first(
                connection,
                NOTE,
                rows -> Optional.ofNullable(rows.getString("stand_in_note")),
                turn.conversationId(),
                member)
            .flatMap(found -> found);
    return new Claimed(turn, member, note.orElse(null));
  }

  private static Array ids(Connection connection, Object[] ids) throws SQLException {
    return connection.createArrayOf("uuid", ids);
  }
}

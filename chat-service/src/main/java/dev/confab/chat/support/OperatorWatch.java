package dev.confab.chat.support;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.Ledgers;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.ledger.Lookup;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.ledger.Update;
import dev.confab.chat.ledger.Writes;
import dev.confab.chat.presence.Presence;
import dev.confab.chat.schema.Rounds;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Puts conversations back into the queue whose operator lets the visitor wait for too long, or is
 * away for too long, by PostgreSQL's clock. Any replica does; each is decided again under its lock,
 * and what another replica holds is left to the next round. While Redis is away nobody is away.
 */
@ApplicationScoped
public class OperatorWatch {
  private static final int AT_ONCE = 500;
  private static final String SILENT =
      "SELECT c.id FROM conversations c WHERE c.answer_by < clock_timestamp()"
          + " ORDER BY c.answer_by LIMIT ?";
  private static final String AT_WORK =
      "SELECT DISTINCT c.operator_id FROM conversations c WHERE c.operator_id IS NOT NULL";
  // Who is there is noted first: a long absence that is over must not count.
  private static final String BACK =
      "UPDATE operators SET offline_since = NULL WHERE offline_since IS NOT NULL"
          + " AND NOT user_id = ANY(?)";
  private static final String AWAY =
      "INSERT INTO operators AS o (user_id, seen_at, offline_since)"
          + " SELECT k.user_id, 'epoch', clock_timestamp() FROM unnest(?) AS k(user_id)"
          + " ORDER BY k.user_id ON CONFLICT (user_id) DO UPDATE"
          + " SET offline_since = EXCLUDED.offline_since WHERE o.offline_since IS NULL";
  private static final String GONE =
      "SELECT c.id, c.operator_id FROM operators o"
          + " JOIN conversations c ON c.operator_id = o.user_id"
          + " CROSS JOIN (SELECT clock_timestamp() - ? * interval '1 millisecond' AS since) t"
          + " WHERE o.offline_since < t.since AND o.seen_at < t.since AND c.owner_since < t.since"
          + " LIMIT ?";

  private final ChatConfig.Support config;
  private final Ledgers ledgers;
  private final Reads reads;
  private final Writes writes;
  private final Presence presence;
  private final HandOvers handOvers;
  private final Rounds rounds;

  OperatorWatch(
      ChatConfig config,
      Ledgers ledgers,
      Reads reads,
      Writes writes,
      Presence presence,
      HandOvers handOvers,
      Rounds rounds) {
    this.config = config.support();
    this.ledgers = ledgers;
    this.reads = reads;
    this.writes = writes;
    this.presence = presence;
    this.handOvers = handOvers;
    this.rounds = rounds;
  }

  void start(@Observes StartupEvent ignored) {
    rounds.every("silent-operators", config.lookEvery(), this::releaseSilent);
    rounds.every("gone-operators", config.lookEvery(), this::releaseGone);
  }

  private void releaseSilent() {
    List<UUID> overdue =
        reads.plain(c -> Reads.all(c, SILENT, rows -> rows.getObject("id", UUID.class), AT_ONCE));
    if (!overdue.isEmpty()) {
      decide(overdue, this::releaseIfSilent);
    }
  }

  private void releaseIfSilent(Ledger ledger, LockedConversation in) {
    Instant due = in.attendance().answerBy();
    if (due != null && due.isBefore(ledger.now())) {
      handOvers.release(ledger, in, HandOverReasons.UNANSWERED);
    }
  }

  private void releaseGone() {
    List<String> atWork =
        reads.plain(c -> Reads.all(c, AT_WORK, rows -> rows.getString("operator_id")));
    Set<String> away = atWork.isEmpty() ? Set.of() : presence.knownOffline(atWork);
    note(away);
    if (away.isEmpty()) {
      return;
    }
    Map<UUID, String> gone = new HashMap<>();
    reads.plain(
        c ->
            Reads.all(
                c,
                GONE,
                rows -> gone.put(rows.getObject("id", UUID.class), rows.getString("operator_id")),
                config.operatorGoneAfter().toMillis(),
                AT_ONCE));
    if (!gone.isEmpty()) {
      decide(List.copyOf(gone.keySet()), (ledger, in) -> releaseIfGone(ledger, in, gone));
    }
  }

  private void note(Set<String> away) {
    writes.run(
        c -> {
          Object[] users = away.toArray();
          Update.run(c, BACK, c.createArrayOf("text", users));
          return away.isEmpty() ? 0 : Update.run(c, AWAY, c.createArrayOf("text", users));
        });
  }

  private void releaseIfGone(Ledger ledger, LockedConversation in, Map<UUID, String> gone) {
    Instant since = in.attendance().ownerSince();
    boolean sameStill =
        gone.get(in.id()).equals(in.operatorId())
            && since != null
            && since.isBefore(ledger.now().minus(config.operatorGoneAfter()));
    if (sameStill) {
      handOvers.release(ledger, in, HandOverReasons.OPERATOR_GONE);
    }
  }

  /** What is decided about a conversation under its lock. */
  private interface Decision {
    void about(Ledger ledger, LockedConversation in);
  }

  private void decide(List<UUID> conversations, Decision decision) {
    Lookup lookup = new Lookup().skipLocked();
    conversations.forEach(lookup::conversation);
    ledgers.write(
        lookup,
        ledger -> {
          ledger.conversations().forEach(in -> decision.about(ledger, in));
          return null;
        });
  }
}

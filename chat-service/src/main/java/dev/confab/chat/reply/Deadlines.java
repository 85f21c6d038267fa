package dev.confab.chat.reply;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.Ledgers;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.ledger.Lookup;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.reply.FenceRequest.Purpose;
import dev.confab.chat.schema.Rounds;
import dev.confab.chat.support.HandOverReasons;
import dev.confab.chat.support.HandOvers;
import dev.confab.chat.support.OperatorAccess;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Ends what is overdue by PostgreSQL's clock, honestly: a waiting turn is declined, or a visitor's
 * handed over to a person; a running reply is fenced. Any replica does; conversations that another
 * one holds are left to the next round.
 */
@ApplicationScoped
public class Deadlines {
  private static final Logger LOG = Logger.getLogger(Deadlines.class);
  private static final int AT_ONCE = 500;
  private static final String OVERDUE =
      "SELECT DISTINCT o.conversation_id FROM (SELECT r.conversation_id FROM replies r"
          + " WHERE r.status <> 'ended' AND r.fenced_at IS NULL AND r.due_at < clock_timestamp()"
          + " AND (r.status <> 'running' OR r.begun"
          + " OR r.due_at < clock_timestamp() - ? * interval '1 millisecond')"
          + " ORDER BY r.due_at LIMIT ?) o";
  private static final String WAITING =
      "SELECT count(*) AS waiting FROM replies r WHERE r.status = 'queued'"
          + " AND r.status <> 'ended'";

  private final ChatConfig.Replies config;
  private final Ledgers ledgers;
  private final Reads reads;
  private final ReplyQueue queue;
  private final HandOvers handOvers;
  private final Rounds rounds;
  private final AtomicInteger waiting;

  Deadlines(
      ChatConfig config,
      Ledgers ledgers,
      Reads reads,
      ReplyQueue queue,
      HandOvers handOvers,
      Rounds rounds,
      MeterRegistry metrics) {
    this.config = config.replies();
    this.ledgers = ledgers;
    this.reads = reads;
    this.queue = queue;
    this.handOvers = handOvers;
    this.rounds = rounds;
    this.waiting = metrics.gauge("confab.replies.waiting", new AtomicInteger());
  }

  void start(@Observes StartupEvent ignored) {
    rounds.every("deadlines", config.lookEvery(), this::sweep);
  }

  private void sweep() {
    List<UUID> overdue =
        reads.plain(
            connection -> {
              waiting.set(
                  Reads.first(connection, WAITING, rows -> rows.getInt("waiting")).orElse(0));
              return Reads.all(
                  connection,
                  OVERDUE,
                  rows -> rows.getObject("conversation_id", UUID.class),
                  config.beginTolerance().toMillis(),
                  AT_ONCE);
            });
    if (!overdue.isEmpty()) {
      end(overdue);
    }
  }

  private void end(List<UUID> conversations) {
    Lookup lookup = new Lookup().skipLocked();
    conversations.forEach(lookup::conversation);
    ledgers.write(
        lookup,
        ledger -> {
          ledger.conversations().forEach(in -> end(ledger, in));
          return null;
        });
  }

  private void end(Ledger ledger, LockedConversation in) {
    Instant now = ledger.now();
    List<Reply> overdue = in.queued().stream().filter(r -> r.dueAt().isBefore(now)).toList();
    if (OperatorAccess.SUPPORT.equals(in.kind()) && !overdue.isEmpty()) {
      handOvers.request(ledger, in, HandOverReasons.UNANSWERED);
    } else {
      overdue.forEach(r -> decline(ledger, in, r));
    }
    in.running().filter(r -> isOverdue(r, now)).ifPresent(r -> fence(ledger, in, r));
    queue.openNext(ledger, in);
  }

  private boolean isOverdue(Reply reply, Instant now) {
    var state = reply.running();
    Instant due = state.begun() ? reply.dueAt() : reply.dueAt().plus(config.beginTolerance());
    return state.fencedAt() == null && due.isBefore(now);
  }

  private void fence(Ledger ledger, LockedConversation in, Reply running) {
    LOG.infof(
        "event=reply_overdue conversation=%s message=%s begun=%s",
        in.name(), running.messageId(), running.running().begun());
    queue.fence(ledger, in, running, new FenceRequest(Purpose.TIME_OUT, null, null, null));
  }

  private void decline(Ledger ledger, LockedConversation in, Reply waiting) {
    queue.decline(ledger, in, waiting, null);
    LOG.infof("event=turn_declined conversation=%s message=%s", in.name(), waiting.messageId());
  }
}

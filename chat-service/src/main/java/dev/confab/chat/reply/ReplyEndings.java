package dev.confab.chat.reply;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.Ledgers;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.ledger.Lookup;
import dev.confab.chat.ledger.StorageException;
import dev.confab.chat.message.ReplyText;
import dev.confab.chat.message.StoredMessage;
import dev.confab.chat.reply.FenceRequest.Purpose;
import dev.confab.chat.statistics.UsageCharge;
import dev.confab.chat.support.VisitorTurns;
import dev.confab.contracts.chat.ChatEvent.ReplyEnded;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Stores how replies ended, by compare-and-set on their rows: first the message, then whatever
 * asked for the end, then the next turn's reply.
 */
@ApplicationScoped
public class ReplyEndings {
  private static final Logger LOG = Logger.getLogger(ReplyEndings.class);

  private final Ledgers ledgers;
  private final ReplyQueue queue;
  private final FenceSettlement settlement;
  private final VisitorTurns visitors;
  private final ChatConfig.Commands retries;
  private final MeterRegistry metrics;

  ReplyEndings(
      Ledgers ledgers,
      ReplyQueue queue,
      FenceSettlement settlement,
      VisitorTurns visitors,
      ChatConfig config,
      MeterRegistry metrics) {
    this.ledgers = ledgers;
    this.queue = queue;
    this.settlement = settlement;
    this.visitors = visitors;
    this.retries = config.commands();
    this.metrics = metrics;
  }

  /** Stores all in one transaction, waiting for a database that is away. */
  void store(List<FoldResult> results) throws InterruptedException {
    if (tryToStore(results)) {
      return;
    }
    for (FoldResult each : results) {
      if (!tryToStore(List.of(each))) {
        LOG.errorf(
            "event=reply_not_stored conversation=%s message=%s",
            each.conversationId(), each.messageId());
      }
    }
  }

  private boolean tryToStore(List<FoldResult> results) throws InterruptedException {
    Duration pause = retries.retryMin();
    while (true) {
      try {
        storeAll(results);
        return true;
      } catch (StorageException e) {
        LOG.warnf("event=replies_not_stored count=%d error=%s", results.size(), e.getMessage());
        if (!e.isTransient()) {
          return false;
        }
        Thread.sleep(pause);
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(retries.retryMax()) < 0 ? longer : retries.retryMax();
      } catch (RuntimeException e) {
        LOG.warnf(e, "event=replies_not_stored count=%d", results.size());
        return false;
      }
    }
  }

  private void storeAll(List<FoldResult> results) {
    Lookup lookup = new Lookup();
    for (FoldResult each : results) {
      Optional<UUID> conversation = Ids.parse(each.conversationId());
      Optional<UUID> message = Ids.parse(each.messageId());
      if (conversation.isPresent() && message.isPresent()) {
        lookup.conversation(conversation.get()).message(conversation.get(), message.get());
      }
    }
    ledgers.write(
        lookup,
        ledger -> {
          results.forEach(each -> settle(ledger, each));
          return null;
        });
  }

  private void settle(Ledger ledger, FoldResult result) {
    Optional<LockedConversation> in =
        Ids.parse(result.conversationId()).flatMap(ledger::conversation);
    Optional<Reply> reply =
        in.flatMap(c -> Ids.parse(result.messageId()).flatMap(c::reply)).filter(Reply::isRunning);
    if (reply.isEmpty()) {
      LOG.debugf("event=reply_over_already message=%s", result.messageId());
      return;
    }
    List<FenceRequest> requests = reply.get().running().requests();
    switch (result) {
      case FoldResult.Completed completed ->
          end(
              ledger,
              in.get(),
              reply.get(),
              ReplyEnding.of(completed),
              completed.completion().handOver() != null);
      case FoldResult.Fenced fenced ->
          end(ledger, in.get(), reply.get(), ReplyEnding.of(fenced, requests), false);
      case FoldResult.Reopened reopened -> reopen(ledger, in.get(), reply.get(), reopened);
    }
  }

  private void end(
      Ledger ledger, LockedConversation in, Reply reply, ReplyText text, boolean asksForPerson) {
    StoredMessage streaming = in.message(reply.messageId()).orElseThrow();
    StoredMessage ended = streaming.ended(text, in.nextSeq(ledger.now()));
    in.change(ended);
    in.putReply(reply.ended());
    if (!text.fallback()) {
      ledger.charge(UsageCharge.of(reply.userId(), text.model(), text.usage()));
    }
    ledger.emit(
        new ReplyEnded(in.name(), ended.changedSeq(), ended.toContract(), in.told(), null, null));
    visitors.heard(in, reply, ended);
    List<FenceRequest> requests = reply.running().requests();
    settlement.settle(ledger, in, ended, requests);
    boolean neverBegan =
        text.fallback() && requests.stream().anyMatch(r -> r.purpose() == Purpose.TIME_OUT);
    visitors.ended(ledger, in, reply, ended, asksForPerson, neverBegan);
    queue.openNext(ledger, in);
    note(ledger, reply, text);
  }

  private void note(Ledger ledger, Reply reply, ReplyText text) {
    Duration took = Duration.between(reply.running().openedAt(), ledger.now());
    metrics.timer("confab.replies.ended", "status", text.status().wire()).record(took);
    LOG.infof(
        "event=reply_ended conversation=%s message=%s status=%s finish_reason=%s attempts=%d"
            + " chars=%d ms=%d",
        reply.conversationId(),
        reply.messageId(),
        text.status().wire(),
        text.finishReason(),
        reply.running().attempt(),
        text.content().length(),
        took.toMillis());
  }

  private void reopen(
      Ledger ledger, LockedConversation in, Reply reply, FoldResult.Reopened reopened) {
    // A fence that ends the reply is on its way: nobody need continue it.
    boolean ending = reply.running().fencedAt() != null;
    if (!ending && reply.running().attempt() == reopened.nextAttempt() - 1) {
      queue.reopen(ledger, in, reply, reopened.nextAttempt(), reopened.text());
      LOG.infof(
          "event=reply_taken_over conversation=%s message=%s attempt=%d chars=%d",
          reply.conversationId(),
          reply.messageId(),
          reopened.nextAttempt(),
          reopened.text().length());
    }
  }
}

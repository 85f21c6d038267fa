package dev.confab.gateway.command;

import dev.confab.contracts.chat.ChatEvent;
import dev.confab.gateway.chatservice.ChatServiceClient;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Repeats unanswered commands over chat-service's internal path: in order, one call at a time per
 * connection and conversation, within a budget of a share of all commands so that a slow
 * chat-service is not buried; without a budget while the broker is away.
 */
@ApplicationScoped
class Repeats {
  private static final Logger LOG = Logger.getLogger(Repeats.class);
  private static final long LOOK_MILLIS = 50;

  /** Pause after a call that no chat-service answered. */
  private static final long AFTER_FAILURE_MILLIS = 200;

  private static final int COMMANDS_PER_CALL = 100;

  private final Vertx vertx;
  private final ChatServiceClient chat;
  private final CommandProducer producer;
  private final Progress progress;
  private final CommandLogConfig config;
  private final Counter repeated;
  private final Set<PendingCommand.OrderKey> underWay = ConcurrentHashMap.newKeySet();
  private Collection<PendingCommand> pending = List.of();
  private Consumer<ChatEvent> outcome;
  private Consumer<PendingCommand> giveUp;
  private double budget;
  private long timer;

  Repeats(
      Vertx vertx,
      ChatServiceClient chat,
      CommandProducer producer,
      Progress progress,
      CommandLogConfig config,
      MeterRegistry metrics) {
    this.vertx = vertx;
    this.chat = chat;
    this.producer = producer;
    this.progress = progress;
    this.config = config;
    this.repeated = metrics.counter("confab.gateway.commands.repeated");
    this.budget = config.repeatBurst();
  }

  void start(
      Collection<PendingCommand> pendingCommands,
      Consumer<ChatEvent> onOutcome,
      Consumer<PendingCommand> onGivenUp) {
    pending = pendingCommands;
    outcome = onOutcome;
    giveUp = onGivenUp;
    timer = vertx.setPeriodic(LOOK_MILLIS, ignored -> look());
  }

  void stop() {
    vertx.cancelTimer(timer);
  }

  /** Each command earns a share of a repeat. */
  synchronized void earn() {
    budget = Math.min(config.repeatBurst(), budget + config.repeatShare());
  }

  private synchronized boolean spend(int commands) {
    if (producer.isBrokerAway()) {
      return true;
    }
    if (budget < commands) {
      return false;
    }
    budget -= commands;
    return true;
  }

  private void look() {
    if (pending.isEmpty()) {
      return;
    }
    long now = System.currentTimeMillis();
    Map<PendingCommand.OrderKey, List<PendingCommand>> due = new HashMap<>();
    for (var entry : pending) {
      if (entry.ageMillis(now) >= config.giveUpAfter().toMillis()) {
        giveUp.accept(entry);
      } else if (entry.isDue(now)
          && !isOnlyLate(entry, now)
          && !underWay.contains(entry.orderKey())) {
        due.computeIfAbsent(entry.orderKey(), key -> new ArrayList<>()).add(entry);
      }
    }
    due.forEach((key, entries) -> repeat(key, entries, now));
  }

  private boolean isOnlyLate(PendingCommand entry, long now) {
    return !producer.isBrokerAway()
        && entry.ageMillis(now) < config.lateAfter().toMillis()
        && progress.isMoving(entry.command().conversationId(), now);
  }

  private void repeat(PendingCommand.OrderKey key, List<PendingCommand> entries, long now) {
    entries.sort(Comparator.comparingLong(PendingCommand::number));
    var some = entries.subList(0, Math.min(entries.size(), COMMANDS_PER_CALL));
    if (!spend(some.size()) || !underWay.add(key)) {
      return;
    }
    repeated.increment(some.size());
    some.forEach(entry -> entry.repeated(now + config.patience().toMillis()));
    chat.commands(some.stream().map(PendingCommand::command).toList())
        .onComplete(
            answer -> {
              underWay.remove(key);
              if (answer.succeeded()) {
                answer.result().forEach(outcome);
              } else {
                long again = System.currentTimeMillis() + AFTER_FAILURE_MILLIS;
                some.forEach(entry -> entry.repeatAt(again));
                LOG.warnf(
                    "event=repeat_failed conversation=%s reason=%s",
                    key.conversationId(), answer.cause().getMessage());
              }
            });
  }
}

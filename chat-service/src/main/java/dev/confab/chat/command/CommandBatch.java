package dev.confab.chat.command;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.ledger.StorageException;
import dev.confab.contracts.chat.ChatCommand;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Gets a batch applied: a database that is away is waited for, and one command that cannot be
 * applied does not hold up the others.
 */
@ApplicationScoped
class CommandBatch {
  private static final Logger LOG = Logger.getLogger(CommandBatch.class);

  private final CommandApplication application;
  private final ChatConfig.Commands config;
  private final DistributionSummary sizes;
  private final Timer times;
  private final Counter poisonous;

  CommandBatch(CommandApplication application, ChatConfig config, MeterRegistry metrics) {
    this.application = application;
    this.config = config.commands();
    this.sizes = metrics.summary("confab.commands.batch.size");
    this.times =
        Timer.builder("confab.commands.batch.time").publishPercentiles(0.5, 0.99).register(metrics);
    this.poisonous = metrics.counter("confab.commands.failed");
  }

  void apply(List<ChatCommand> commands) throws InterruptedException {
    if (commands.isEmpty()) {
      return;
    }
    sizes.record(commands.size());
    long begin = System.nanoTime();
    if (!applyWhole(commands)) {
      for (ChatCommand command : commands) {
        applyAlone(command);
      }
    }
    times.record(Duration.ofNanos(System.nanoTime() - begin));
  }

  private boolean applyWhole(List<ChatCommand> commands) throws InterruptedException {
    Duration pause = config.retryMin();
    while (true) {
      try {
        application.apply(commands, Way.LOG);
        return true;
      } catch (StorageException e) {
        if (!e.isTransient()) {
          LOG.warnf("event=batch_failed size=%d error=%s", commands.size(), e.getMessage());
          return false;
        }
        LOG.warnf("event=batch_retried size=%d error=%s", commands.size(), e.getMessage());
        Thread.sleep(pause);
        pause = min(pause.multipliedBy(2), config.retryMax());
      } catch (RuntimeException e) {
        LOG.warnf(e, "event=batch_failed size=%d", commands.size());
        return false;
      }
    }
  }

  private void applyAlone(ChatCommand command) throws InterruptedException {
    if (!applyWhole(List.of(command))) {
      poisonous.increment();
      LOG.errorf(
          "event=command_failed conversation=%s command=%s kind=%s",
          command.conversationId(), command.commandId(), command.getClass().getSimpleName());
      application.refuse(command);
    }
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}

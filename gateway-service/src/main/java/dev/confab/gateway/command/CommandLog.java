package dev.confab.gateway.command;

import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.Topics;
import dev.confab.contracts.chat.ChatCommand;
import dev.confab.contracts.chat.ChatEvent;
import dev.confab.gateway.fanout.Envelope;
import dev.confab.gateway.fanout.Fanout;
import dev.confab.gateway.fanout.GatewayId;
import dev.confab.gateway.fanout.Outcomes;
import dev.confab.gateway.fanout.Subscriber;
import dev.confab.gateway.fanout.V1Frames;
import dev.confab.gateway.json.Json;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Takes commands to {@code chat.commands} and their outcomes back to the connection that gave them.
 * From the broker's acknowledgement on a command cannot be lost; one that stays unanswered is
 * repeated over HTTP ({@link Repeats}).
 */
@ApplicationScoped
public class CommandLog implements Outcomes {
  private static final Logger LOG = Logger.getLogger(CommandLog.class);

  private final CommandLogConfig config;
  private final Fanout fanout;
  private final GatewayId gatewayId;
  private final CommandProducer producer;
  private final Repeats repeats;
  private final Progress progress;
  private final Map<String, PendingCommand> pending = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private final Counter submitted;

  CommandLog(
      CommandLogConfig config,
      Fanout fanout,
      GatewayId gatewayId,
      CommandProducer producer,
      Repeats repeats,
      Progress progress,
      MeterRegistry metrics) {
    this.config = config;
    this.fanout = fanout;
    this.gatewayId = gatewayId;
    this.producer = producer;
    this.repeats = repeats;
    this.progress = progress;
    this.submitted = metrics.counter("confab.gateway.commands");
    metrics.gauge("confab.gateway.commands.pending", pending, Map::size);
  }

  void start(@Observes @Priority(Interceptor.Priority.APPLICATION + 50) StartupEvent event) {
    fanout.onOutcome(this);
    repeats.start(pending.values(), this::outcome, this::giveUp);
  }

  void stop(@Observes ShutdownEvent event) {
    repeats.stop();
    producer.close();
  }

  /** The id that {@code Origin} carries for this replica. */
  public String gatewayId() {
    return gatewayId.value();
  }

  /**
   * Submits a command; its outcome goes to the connection as {@code message_ack}, {@code ack} or
   * {@code error}. A message's sender joins its conversation first. Never blocks.
   *
   * @param frameId the client frame's {@code id}, repeated in the answer; may be null
   */
  public void submit(Subscriber subscriber, ChatCommand command, String frameId) {
    if (command instanceof ChatCommand.SendMessage) {
      fanout.whenJoined(
          subscriber, command.conversationId(), frameId, () -> send(subscriber, command, frameId));
    } else {
      send(subscriber, command, frameId);
    }
  }

  private void send(Subscriber subscriber, ChatCommand command, String frameId) {
    if (pending.size() >= config.maxPending()) {
      subscriber.send(
          V1Frames.error(
              frameId,
              ErrorCode.RATE_LIMITED,
              "Too many commands wait for their outcome here; try again.",
              null,
              config.patience().toMillis()));
      return;
    }
    submitted.increment();
    repeats.earn();
    var entry =
        new PendingCommand(
            subscriber,
            command,
            frameId,
            numbers.getAndIncrement(),
            System.currentTimeMillis(),
            config.patience().toMillis());
    pending.put(command.commandId(), entry);
    producer.send(Topics.CHAT_COMMANDS, command.conversationId(), Json.write(command).getBytes());
  }

  /** A connection is gone: nobody waits for its commands any more; they are in the log. */
  public void disconnected(Subscriber subscriber) {
    pending.values().removeIf(entry -> entry.subscriber() == subscriber);
  }

  @Override
  public void changed(Envelope.Opened change) {
    var entry = take(change.field(7));
    if (entry != null) {
      answer(entry, change.field(3), Long.parseLong(change.field(2)));
    }
  }

  @Override
  public void outcome(ChatEvent event) {
    var entry = take(event.commandId());
    if (event instanceof ChatEvent.Numbered numbered) {
      if (entry != null) {
        answer(entry, messageId(numbered), numbered.seq());
      }
      fanout.relayed(numbered);
    } else if (entry != null && event instanceof ChatEvent.CommandRejected rejected) {
      LOG.infof(
          "event=command_rejected conversation=%s connection=%s code=%s",
          rejected.conversationId(), entry.subscriber().connectionId(), rejected.code());
      entry
          .subscriber()
          .send(
              V1Frames.error(
                  entry.frameId(),
                  rejected.code(),
                  rejected.message(),
                  rejected.field(),
                  rejected.retryAfterMs()));
    } else if (entry != null) {
      answer(entry, null, 0);
    }
  }

  private PendingCommand take(String commandId) {
    var entry = commandId == null ? null : pending.remove(commandId);
    if (entry != null && !entry.wasRepeated()) {
      progress.answered(entry.command().conversationId(), System.currentTimeMillis());
    }
    return entry;
  }

  private static String messageId(ChatEvent.Numbered event) {
    return event instanceof ChatEvent.MessageAdded added ? added.message().id() : null;
  }

  private static void answer(PendingCommand entry, String messageId, long seq) {
    var frame =
        switch (entry.command()) {
          case ChatCommand.SendMessage message ->
              V1Frames.messageAck(
                  entry.frameId(), message.clientId(), messageId, message.conversationId(), seq);
          case ChatCommand.MarkRead read when entry.frameId() == null -> null;
          default -> V1Frames.ack(entry.frameId());
        };
    if (frame != null) {
      entry.subscriber().send(frame);
    }
  }

  private void giveUp(PendingCommand entry) {
    if (pending.remove(entry.command().commandId()) != null) {
      LOG.errorf(
          "event=command_unanswered conversation=%s connection=%s",
          entry.command().conversationId(), entry.subscriber().connectionId());
      entry
          .subscriber()
          .send(
              V1Frames.error(
                  entry.frameId(),
                  ErrorCode.INTERNAL,
                  "Not confirmed in time; send it again with the same client_id.",
                  null,
                  config.patience().toMillis()));
    }
  }
}

package dev.confab.gateway.fanout;

import dev.confab.contracts.RedisKeys;
import dev.confab.contracts.Topics;
import dev.confab.contracts.chat.ChatEvent;
import dev.confab.gateway.json.Json;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.buffer.Buffer;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Carries {@code chat.events} to every replica: each event is read by one gateway, encoded once as
 * its v1 frame and published to the channels of its conversation and of its participants.
 */
@ApplicationScoped
class EventRelay implements TopicReader.Work {
  private static final Logger LOG = Logger.getLogger(EventRelay.class);
  private static final String GROUP = "gateway-events";

  /** Up to here each user is told on a channel of their own; more are told in one message. */
  private static final int FEW_USERS = 4;

  private final Fanout fanout;
  private final FanoutConfig config;
  private ConfirmedBatch batch;
  private TopicReader reader;

  EventRelay(Fanout fanout, FanoutConfig config) {
    this.fanout = fanout;
    this.config = config;
  }

  void start(@Observes @Priority(Interceptor.Priority.APPLICATION + 100) StartupEvent event) {
    batch = new ConfirmedBatch(fanout.publisher());
    reader = new TopicReader(config.kafka(), Topics.CHAT_EVENTS, GROUP, this).start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    reader.close();
  }

  @Override
  public void handle(Iterable<ConsumerRecord<String, byte[]>> records) throws InterruptedException {
    for (var record : records) {
      try {
        relay(Json.read(record.value(), ChatEvent.class), record.value());
      } catch (UncheckedIOException | NullPointerException malformed) {
        LOG.errorf(
            "event=malformed_event partition=%d offset=%d", record.partition(), record.offset());
      }
    }
    batch.confirm();
  }

  private void relay(ChatEvent event, byte[] json) {
    switch (event) {
      case ChatEvent.Numbered numbered -> {
        publish(
            RedisKeys.conversationChannel(numbered.conversationId()),
            Envelope.change(Envelope.change(numbered), event.commandId(), event.origin()));
        tellTyping(numbered);
        tellParticipants(numbered);
        if (!(numbered instanceof ChatEvent.MessageAdded)) {
          // Whoever adds a message has joined; of other changes the sender may not have.
          outcome(event, json);
        }
      }
      case ChatEvent.ReadPositionMoved moved -> {
        tellReceipt(moved);
        publish(
            RedisKeys.userChannel(moved.userId()),
            Envelope.whole(V1Frames.conversationUpdated(moved.conversation(), null, moved.my())));
        outcome(event, json);
      }
      case ChatEvent.StandInDigest digest ->
          publish(
              RedisKeys.userChannel(digest.userId()),
              Envelope.whole(V1Frames.standInDigest(digest)));
      case ChatEvent.DialogChanged changed ->
          publish(RedisKeys.DESK_CHANNEL, Envelope.dialogChanged(changed.conversationId()));
      case ChatEvent.CommandAccepted accepted -> outcome(accepted, json);
      case ChatEvent.CommandRejected rejected -> outcome(rejected, json);
    }
  }

  /** In a big room nobody is told how far all the others have read. */
  private void tellReceipt(ChatEvent.ReadPositionMoved moved) {
    if (moved.conversation().participants() != null) {
      publish(
          RedisKeys.conversationChannel(moved.conversationId()),
          Envelope.whole(
              V1Frames.readReceipt(moved.conversationId(), moved.userId(), moved.readSeq())));
    }
  }

  /** The assistant types from the announcement of its reply to the reply's end. */
  private void tellTyping(ChatEvent.Numbered event) {
    switch (event) {
      case ChatEvent.ReplyOpened opened -> typing(event, opened.reply().assistantId(), true);
      case ChatEvent.ReplyEnded ended -> typing(event, ended.message().senderId(), false);
      case ChatEvent.MessageAdded added -> {}
      case ChatEvent.MessageChanged changed -> {}
      case ChatEvent.ConversationChanged changed -> {}
      case ChatEvent.OwnerChanged changed -> {}
    }
  }

  private void typing(ChatEvent event, String assistantId, boolean isTyping) {
    var signal = V1Frames.typing(event.conversationId(), assistantId, isTyping, "assistant");
    publish(RedisKeys.conversationChannel(event.conversationId()), Envelope.signal(signal, null));
  }

  private void tellParticipants(ChatEvent.Numbered event) {
    if (event.participants() == null) {
      return;
    }
    var frame =
        switch (event) {
          case ChatEvent.MessageAdded added -> V1Frames.messageAdded(added.message());
          case ChatEvent.ReplyEnded ended -> V1Frames.messageAdded(ended.message());
          case ChatEvent.ConversationChanged changed ->
              V1Frames.conversationUpdated(changed.conversation(), changed.seq(), null);
          case ChatEvent.OwnerChanged changed ->
              V1Frames.conversationUpdated(changed.conversation(), changed.seq(), null);
          case ChatEvent.MessageChanged changed -> null;
          case ChatEvent.ReplyOpened opened -> null;
        };
    if (frame == null) {
      return;
    }
    var users = new ArrayList<>(event.participants());
    removed(event).ifPresent(users::addAll);
    if (users.size() > FEW_USERS) {
      publish(
          RedisKeys.ALL_GATEWAYS_CHANNEL,
          Envelope.unlessJoined(event.conversationId(), users, frame));
    } else {
      var envelope = Envelope.unlessJoined(event.conversationId(), frame);
      users.forEach(user -> publish(RedisKeys.userChannel(user), envelope));
    }
  }

  private static Optional<List<String>> removed(ChatEvent.Numbered event) {
    return switch (event) {
      case ChatEvent.ConversationChanged changed -> Optional.ofNullable(changed.removed());
      case ChatEvent.OwnerChanged changed -> Optional.ofNullable(changed.removed());
      default -> Optional.empty();
    };
  }

  private void outcome(ChatEvent event, byte[] json) {
    if (event.origin() != null && event.commandId() != null) {
      publish(RedisKeys.gatewayChannel(event.origin().gateway()), Envelope.outcome(json));
    }
  }

  private void publish(String channel, Buffer envelope) {
    batch.add(RedisPublisher.publication(channel, envelope));
  }
}

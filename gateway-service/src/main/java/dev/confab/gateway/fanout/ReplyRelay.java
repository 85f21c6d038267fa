package dev.confab.gateway.fanout;

import dev.confab.contracts.RedisKeys;
import dev.confab.contracts.Topics;
import dev.confab.contracts.ai.ReplyFold;
import dev.confab.contracts.ai.ReplyRecord;
import dev.confab.gateway.json.Json;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Carries {@code ai.stream} to every replica: folds the replies of its partitions and publishes
 * what counts. The folded text is kept in Redis for those who join late.
 *
 * <p>The group commits no further than the first record of its oldest running reply, so whoever
 * takes a partition over folds again from there.
 */
@ApplicationScoped
class ReplyRelay implements TopicReader.Work {
  private static final Logger LOG = Logger.getLogger(ReplyRelay.class);
  private static final String GROUP = "gateway-replies";
  private static final Duration LONGEST_REPLY = Duration.ofMinutes(10);

  /** A reply that runs in a partition of this replica. */
  private static final class Running {
    final String messageId;
    final TopicPartition partition;
    final long firstOffset;
    final long since = System.currentTimeMillis();
    final ReplyFold fold = new ReplyFold();
    int cachedInEpoch = -1;

    Running(String messageId, TopicPartition partition, long firstOffset) {
      this.messageId = messageId;
      this.partition = partition;
      this.firstOffset = firstOffset;
    }
  }

  private final Fanout fanout;
  private final FanoutConfig config;
  private final Map<String, Running> running = new HashMap<>();
  private RedisPublisher redis;
  private ConfirmedBatch batch;
  private TopicReader reader;

  ReplyRelay(Fanout fanout, FanoutConfig config) {
    this.fanout = fanout;
    this.config = config;
  }

  void start(@Observes @Priority(Interceptor.Priority.APPLICATION + 100) StartupEvent event) {
    redis = fanout.publisher();
    batch = new ConfirmedBatch(redis);
    reader = new TopicReader(config.kafka(), Topics.AI_STREAM, GROUP, this).start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    reader.close();
  }

  @Override
  public void handle(Iterable<ConsumerRecord<String, byte[]>> records) throws InterruptedException {
    for (var record : records) {
      try {
        relay(Json.read(record.value(), ReplyRecord.class), record);
      } catch (UncheckedIOException | NullPointerException malformed) {
        LOG.errorf(
            "event=malformed_reply_record partition=%d offset=%d",
            record.partition(), record.offset());
      }
    }
    batch.confirm();
  }

  private void relay(ReplyRecord next, ConsumerRecord<String, byte[]> record) {
    var there = running.get(next.messageId());
    var reply =
        there != null
            ? there
            : new Running(
                next.messageId(),
                new TopicPartition(record.topic(), record.partition()),
                record.offset());
    switch (reply.fold.apply(next)) {
      case ReplyFold.Step.Ignored ignored -> {
        // A reply of which nothing counted yet is not worth remembering.
        return;
      }
      case ReplyFold.Step.Appended appended -> {
        cache(reply, appended);
        batch.add(
            RedisPublisher.publication(
                RedisKeys.conversationChannel(next.conversationId()),
                Envelope.text(next.messageId(), appended.offset(), appended.text())));
      }
      case ReplyFold.Step.ToolUsed used ->
          batch.add(
              RedisPublisher.publication(
                  RedisKeys.conversationChannel(next.conversationId()),
                  Envelope.toolUse(used.use())));
      case ReplyFold.Step.Started started -> {
        // Its beginning is told by chat-service's event.
      }
      case ReplyFold.Step.Reopened reopened -> {
        // The next attempt goes on where the text stands.
      }
      case ReplyFold.Step.Completed completed -> {
        // Its end is told by chat-service's event, with the text as stored.
      }
      case ReplyFold.Step.Ended ended -> {
        // The same.
      }
    }
    if (reply.fold.isOver()) {
      running.remove(reply.messageId);
    } else {
      running.put(reply.messageId, reply);
    }
  }

  private void cache(Running reply, ReplyFold.Step.Appended appended) {
    int epoch = redis.epoch();
    if (reply.cachedInEpoch == epoch) {
      batch.add(RedisPublisher.textPiece(reply.messageId, appended.offset(), appended.text()));
      return;
    }
    // A fresh connection may be to a Redis that lost everything: write the whole text anew.
    reply.cachedInEpoch = epoch;
    batch.add(RedisPublisher.textPiece(reply.messageId, 0, reply.fold.text()));
    batch.add(RedisPublisher.textLife(reply.messageId, config.replyTextLife()));
  }

  @Override
  public long committable(TopicPartition partition, long position) {
    long oldest = System.currentTimeMillis() - LONGEST_REPLY.toMillis();
    running.values().removeIf(reply -> reply.since < oldest);
    long offset = position;
    for (var reply : running.values()) {
      if (reply.partition.equals(partition)) {
        offset = Math.min(offset, reply.firstOffset);
      }
    }
    return offset;
  }

  @Override
  public void lost(Collection<TopicPartition> partitions) {
    running.values().removeIf(reply -> partitions.contains(reply.partition));
  }
}

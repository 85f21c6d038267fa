package dev.confab.gateway.fanout;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * A thread that shares a topic with the other replicas of its group. The work decides how far the
 * group may commit; commits happen now and then, since reading records twice is harmless here.
 */
final class TopicReader {
  private static final Logger LOG = Logger.getLogger(TopicReader.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long COMMIT_EVERY_MILLIS = 500;
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 500;
  private static final int MAX_RECORDS = 1_000;

  /** What is done with the records. Runs on the reader's thread. */
  interface Work {
    /**
     * Handles what one poll brought; returns when it need not be read again, or throws to read it
     * again.
     */
    void handle(Iterable<ConsumerRecord<String, byte[]>> records) throws InterruptedException;

    /** How far a partition may be committed, given that it was read up to {@code position}. */
    default long committable(TopicPartition partition, long position) {
      return position;
    }

    /** Partitions that are no longer this replica's. */
    default void lost(Collection<TopicPartition> partitions) {}
  }

  private final String topic;
  private final Work work;
  private final KafkaConsumer<String, byte[]> consumer;
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final Thread thread;
  private volatile boolean closed;
  private long committedAt;

  TopicReader(String bootstrapServers, String topic, String group, Work work) {
    this.topic = topic;
    this.work = work;
    var settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_RECORDS);
    settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    this.consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    this.thread = Thread.ofPlatform().name("read-" + topic).unstarted(this::run);
  }

  TopicReader start() {
    thread.start();
    return this;
  }

  private void run() {
    try (consumer) {
      consumer.subscribe(List.of(topic), new Rebalance());
      while (!closed) {
        step();
      }
      commit(true);
    } catch (WakeupException | InterruptedException end) {
      LOG.debugf("event=reader_ended topic=%s", topic);
    }
  }

  private void step() throws InterruptedException {
    try {
      var records = consumer.poll(POLL);
      if (!records.isEmpty()) {
        handle(records);
      }
      commit(false);
    } catch (WakeupException wakeup) {
      if (!closed) {
        LOG.debugf("event=reader_woken topic=%s", topic);
      }
    } catch (CommitFailedException | RebalanceInProgressException moved) {
      LOG.infof("event=commit_overtaken topic=%s", topic);
    } catch (KafkaException failure) {
      LOG.warnf("event=reader_trouble topic=%s reason=%s", topic, failure.getMessage());
      Thread.sleep(PAUSE_AFTER_FAILURE_MILLIS);
    } catch (RuntimeException failure) {
      LOG.errorf(failure, "event=reader_trouble topic=%s", topic);
      Thread.sleep(PAUSE_AFTER_FAILURE_MILLIS);
    }
  }

  private void handle(ConsumerRecords<String, byte[]> records) throws InterruptedException {
    boolean handled = false;
    try {
      work.handle(records);
      handled = true;
    } finally {
      for (var partition : records.partitions()) {
        var some = records.records(partition);
        if (handled) {
          positions.put(partition, some.getLast().offset() + 1);
        } else {
          consumer.seek(partition, some.getFirst().offset());
        }
      }
    }
  }

  private void commit(boolean now) {
    long clock = System.currentTimeMillis();
    if (positions.isEmpty() || (!now && clock - committedAt < COMMIT_EVERY_MILLIS)) {
      return;
    }
    committedAt = clock;
    var offsets = offsets(positions.keySet());
    if (now) {
      consumer.commitSync(offsets, Duration.ofSeconds(2));
    } else {
      consumer.commitAsync(offsets, (done, failure) -> {});
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets(Collection<TopicPartition> partitions) {
    var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
    for (var partition : partitions) {
      var position = positions.get(partition);
      if (position != null) {
        offsets.put(partition, new OffsetAndMetadata(work.committable(partition, position)));
      }
    }
    return offsets;
  }

  private final class Rebalance implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      try {
        consumer.commitSync(offsets(partitions), Duration.ofSeconds(1));
      } catch (KafkaException overtaken) {
        LOG.debugf("event=commit_on_revoke_failed topic=%s", topic);
      }
      onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      LOG.infof("event=partitions_assigned topic=%s count=%d", topic, partitions.size());
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      partitions.forEach(positions::remove);
      work.lost(partitions);
    }
  }

  void close() throws InterruptedException {
    closed = true;
    consumer.wakeup();
    thread.join(Duration.ofSeconds(5));
  }
}

package dev.confab.chat.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * A thread that reads one topic as a member of a group. What goes wrong makes it begin anew at the
 * committed offsets, after a pause.
 */
public final class GroupReader implements ConsumerRebalanceListener {
  /** What is done with what was read; all on the reader's thread. */
  public interface Work {
    /**
     * Handles one poll.
     *
     * @return offsets that may be committed now
     */
    Map<TopicPartition, OffsetAndMetadata> handle(ConsumerRecords<byte[], byte[]> records)
        throws InterruptedException;

    /** Partitions are no longer ours. */
    default void revoked(Collection<TopicPartition> partitions) {}
  }

  private static final Logger LOG = Logger.getLogger(GroupReader.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration COMMIT_EVERY = Duration.ofMillis(500);
  private static final Duration LAST_COMMIT = Duration.ofSeconds(1);

  private final Map<String, Object> settings;
  private final String topic;
  private final Work work;
  private final Thread thread;
  private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();
  private long committedAt;
  private volatile boolean stopping;
  private volatile boolean assigned;
  private volatile KafkaConsumer<byte[], byte[]> consumer;

  /** A reader that is not started yet. */
  public GroupReader(String name, Map<String, Object> settings, String topic, Work work) {
    this.settings = settings;
    this.topic = topic;
    this.work = work;
    this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
  }

  /** Begins to read. */
  public void start() {
    thread.start();
  }

  /** Whether it is a member of its group with partitions. */
  public boolean isAssigned() {
    return assigned;
  }

  /** Finishes what is in hand, leaves the group, and waits for that. */
  public void stop() {
    stopping = true;
    KafkaConsumer<byte[], byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
    try {
      if (!thread.join(Duration.ofSeconds(4))) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!stopping) {
      try {
        read();
      } catch (WakeupException e) {
        LOG.debugf("event=reader_woken topic=%s", topic);
      } catch (InterruptedException e) {
        return;
      } catch (KafkaException e) {
        LOG.warnf("event=reader_failed topic=%s error=%s", topic, e.toString());
        pause();
      } catch (RuntimeException e) {
        LOG.errorf(e, "event=reader_failed topic=%s", topic);
        pause();
      }
    }
  }

  private void read() throws InterruptedException {
    try (KafkaConsumer<byte[], byte[]> current = new KafkaConsumer<>(settings)) {
      consumer = current;
      current.subscribe(List.of(topic), this);
      try {
        while (!stopping) {
          uncommitted.putAll(work.handle(current.poll(POLL)));
          commitNowAndThen(current);
        }
        commit(current, current.assignment());
      } finally {
        assigned = false;
        uncommitted.clear();
        work.revoked(current.assignment());
        consumer = null;
      }
    }
  }

  /** A commit costs the broker as much as a record; what is read twice changes nothing. */
  private void commitNowAndThen(KafkaConsumer<byte[], byte[]> current) {
    long now = System.nanoTime();
    if (!uncommitted.isEmpty() && now - committedAt >= COMMIT_EVERY.toNanos()) {
      committedAt = now;
      current.commitAsync(Map.copyOf(uncommitted), null);
      uncommitted.clear();
    }
  }

  private void commit(
      KafkaConsumer<byte[], byte[]> current, Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> last = new HashMap<>(uncommitted);
    last.keySet().retainAll(partitions);
    uncommitted.keySet().removeAll(partitions);
    if (last.isEmpty()) {
      return;
    }
    try {
      current.commitSync(last, LAST_COMMIT);
    } catch (KafkaException e) {
      LOG.debugf("event=last_commit_failed topic=%s error=%s", topic, e.toString());
    }
  }

  private void pause() {
    try {
      Thread.sleep(RETRY);
    } catch (InterruptedException e) {
      stopping = true;
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    assigned = true;
    LOG.infof("event=partitions_assigned topic=%s count=%d", topic, partitions.size());
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    commit(consumer, partitions);
    work.revoked(partitions);
    LOG.infof("event=partitions_revoked topic=%s count=%d", topic, partitions.size());
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    uncommitted.keySet().removeAll(partitions);
    work.revoked(partitions);
  }
}

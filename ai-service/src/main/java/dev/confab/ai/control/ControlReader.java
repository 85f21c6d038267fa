package dev.confab.ai.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.ai.kafka.KafkaSettings;
import dev.confab.ai.reply.Replies;
import dev.confab.contracts.Topics;
import dev.confab.contracts.ai.ReplyCancelled;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/** Reads all of {@code ai.control} from now on, without a group. */
@ApplicationScoped
public class ControlReader {
  private static final Logger LOG = Logger.getLogger(ControlReader.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final KafkaSettings settings;
  private final ObjectMapper json;
  private final Cancellations cancellations;
  private final Replies replies;
  private final CountDownLatch positioned = new CountDownLatch(1);
  private volatile boolean stopping;
  private volatile KafkaConsumer<byte[], byte[]> consumer;

  ControlReader(
      KafkaSettings settings, ObjectMapper json, Cancellations cancellations, Replies replies) {
    this.settings = settings;
    this.json = json;
    this.cancellations = cancellations;
    this.replies = replies;
  }

  void start(@Observes StartupEvent ignored) {
    Thread.ofPlatform().name("ai-control").daemon().start(this::run);
  }

  /** Waits until no later cancellation can be missed. */
  public void awaitPositioned() throws InterruptedException {
    positioned.await();
  }

  /** Ends the reading. */
  public void stop() {
    stopping = true;
    positioned.countDown();
    KafkaConsumer<byte[], byte[]> running = consumer;
    if (running != null) {
      running.wakeup();
    }
  }

  private void run() {
    while (!stopping) {
      try {
        read();
      } catch (WakeupException e) {
        LOG.debug("event=control_reader_woken");
      } catch (RuntimeException e) {
        LOG.warnf(e, "event=control_reader_failed error=%s", e.getClass().getSimpleName());
        pause();
      }
    }
  }

  private void read() {
    Map<String, Object> properties = settings.consumer();
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    try (KafkaConsumer<byte[], byte[]> fresh = new KafkaConsumer<>(properties)) {
      consumer = fresh;
      fresh.assign(partitions(fresh));
      fresh.seekToEnd(fresh.assignment());
      // Seeking is lazy; asking for the position makes it happen.
      Map<TopicPartition, Long> from = new HashMap<>();
      fresh.assignment().forEach(partition -> from.put(partition, fresh.position(partition)));
      LOG.debugf("event=control_reader_positioned partitions=%d", from.size());
      positioned.countDown();
      while (!stopping) {
        fresh.poll(RETRY).forEach(record -> apply(record.value()));
      }
    }
  }

  private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> from) {
    List<PartitionInfo> found = List.of();
    while (found.isEmpty() && !stopping) {
      found = from.partitionsFor(Topics.AI_CONTROL);
      if (found.isEmpty()) {
        pause();
      }
    }
    return found.stream()
        .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
        .toList();
  }

  private void apply(byte[] value) {
    try {
      ReplyCancelled cancelled = json.readValue(value, ReplyCancelled.class);
      cancellations.add(cancelled.messageId(), cancelled.attempt());
      replies.cancel(cancelled.messageId(), cancelled.attempt());
    } catch (IOException | RuntimeException e) {
      LOG.warnf("event=failed_message topic=ai.control error=%s", e.getClass().getSimpleName());
    }
  }

  private void pause() {
    try {
      Thread.sleep(RETRY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

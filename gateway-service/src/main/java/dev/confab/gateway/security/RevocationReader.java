package dev.confab.gateway.security;

import dev.confab.contracts.Topics;
import dev.confab.contracts.auth.SessionEvent;
import dev.confab.contracts.auth.SessionEvent.SessionRevoked;
import dev.confab.gateway.json.Json;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads the whole compacted topic of session events at start, without a group, and follows it from
 * then on. While the broker is away what is known stays in force.
 */
@ApplicationScoped
public class RevocationReader {
  private static final Logger LOG = Logger.getLogger(RevocationReader.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Revocations revocations;
  private final String bootstrapServers;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile Consumer<String, byte[]> current;
  private Thread thread;

  RevocationReader(Revocations revocations, SecurityConfig config) {
    this.revocations = revocations;
    this.bootstrapServers = config.kafka();
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofPlatform().daemon().name("auth-events").start(this::run);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping.countDown();
    Consumer<String, byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    thread.join(Duration.ofSeconds(2));
  }

  private void run() {
    while (!isStopping()) {
      try (Consumer<String, byte[]> consumer = new KafkaConsumer<>(settings())) {
        current = consumer;
        follow(consumer);
      } catch (WakeupException | InterruptException e) {
        // Only stop() does that.
      } catch (KafkaException e) {
        LOG.warnf("event=auth_events_unavailable reason=\"%s\"", e.getMessage());
        pause();
      } finally {
        current = null;
      }
    }
  }

  private Properties settings() {
    Properties settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "gateway-auth-events");
    return settings;
  }

  private void follow(Consumer<String, byte[]> consumer) {
    List<TopicPartition> partitions = awaitTopic(consumer);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (!isStopping()) {
      apply(consumer.poll(POLL));
      if (!revocations.loaded() && hasReached(consumer, ends)) {
        revocations.markLoaded();
        LOG.infof("event=auth_events_read revoked=%d", revocations.size());
      }
      revocations.forgetExpired(Instant.now());
    }
  }

  private List<TopicPartition> awaitTopic(Consumer<String, byte[]> consumer) {
    while (!isStopping()) {
      var known = consumer.listTopics().get(Topics.AUTH_EVENTS);
      if (known != null && !known.isEmpty()) {
        return known.stream().map(p -> new TopicPartition(p.topic(), p.partition())).toList();
      }
      // The broker answered: without the topic nothing has ever been revoked.
      revocations.markLoaded();
      pause();
    }
    throw new WakeupException();
  }

  private static boolean hasReached(
      Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue());
  }

  private void apply(ConsumerRecords<String, byte[]> records) {
    Map<String, Instant> revoked = new HashMap<>();
    for (ConsumerRecord<String, byte[]> item : records) {
      read(item, revoked);
    }
    if (!revoked.isEmpty()) {
      revocations.add(revoked, Instant.now());
    }
  }

  private void read(ConsumerRecord<String, byte[]> item, Map<String, Instant> revoked) {
    if (item.value() == null) {
      return;
    }
    try {
      if (Json.read(item.value(), SessionEvent.class) instanceof SessionRevoked event) {
        revoked.put(event.sessionId(), event.expiresAt());
      }
    } catch (UncheckedIOException e) {
      LOG.warnf("event=auth_event_unreadable offset=%d", item.offset());
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private void pause() {
    try {
      stopping.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping.countDown();
    }
  }
}

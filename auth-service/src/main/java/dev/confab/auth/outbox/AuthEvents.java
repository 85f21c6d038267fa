package dev.confab.auth.outbox;

import dev.confab.auth.AuthConfig;
import dev.confab.contracts.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The topics {@code auth.events} and {@code auth.users}: one partition each, compacted, made here
 * if absent. Used by the outbox's one thread alone.
 */
@ApplicationScoped
class AuthEvents {
  private static final List<String> TOPICS = List.of(Topics.AUTH_EVENTS, Topics.AUTH_USERS);
  private static final int BLOCK_MS = 5_000;
  private static final int DELIVERY_MS = 10_000;

  private final AuthConfig.Kafka config;
  private KafkaProducer<String, String> producer;

  AuthEvents(AuthConfig config) {
    this.config = config.kafka();
  }

  /**
   * Sends the rows in their order and returns when the broker has them all.
   *
   * @throws IllegalStateException if it has not, within ten seconds; some may be sent all the same
   */
  void send(List<OutboxRow> rows) {
    if (producer == null) {
      TOPICS.forEach(this::makeTopic);
      producer = newProducer();
    }
    if (rows.isEmpty()) {
      return;
    }
    List<Future<?>> confirmations = new ArrayList<>(rows.size());
    for (var row : rows) {
      confirmations.add(producer.send(new ProducerRecord<>(row.topic, row.recordKey, row.payload)));
    }
    for (var confirmation : confirmations) {
      await(confirmation, DELIVERY_MS);
    }
  }

  private void makeTopic(String name) {
    var topic =
        new NewTopic(name, 1, config.replication())
            .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            config.bootstrapServers(),
            "default.api.timeout.ms",
            BLOCK_MS,
            "request.timeout.ms",
            BLOCK_MS);
    try (var admin = Admin.create(settings)) {
      await(
          admin.createTopics(List.of(topic)).all().toCompletionStage().toCompletableFuture(),
          BLOCK_MS);
    } catch (IllegalStateException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private KafkaProducer<String, String> newProducer() {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            config.bootstrapServers(),
            ProducerConfig.CLIENT_ID_CONFIG,
            "auth-outbox",
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.LINGER_MS_CONFIG,
            0,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            1L << 20,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            BLOCK_MS,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            BLOCK_MS,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            DELIVERY_MS),
        new StringSerializer(),
        new StringSerializer());
  }

  private static void await(Future<?> confirmation, long timeoutMs) {
    try {
      confirmation.get(timeoutMs, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void close() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(2));
    }
  }
}

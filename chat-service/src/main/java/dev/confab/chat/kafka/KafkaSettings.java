package dev.confab.chat.kafka;

import dev.confab.chat.ChatConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Properties of the Kafka clients. */
@ApplicationScoped
public class KafkaSettings {
  private static final int PRODUCER_BUFFER_BYTES = 16 << 20;

  private final ChatConfig config;

  KafkaSettings(ChatConfig config) {
    this.config = config;
  }

  /**
   * A consumer that shares its topics with the other members of a group, and leaves it on close.
   *
   * @param maxPoll most records of one poll
   */
  public Map<String, Object> groupConsumer(String group, int maxPoll) {
    Map<String, Object> settings = common();
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPoll);
    // The database may be away for minutes; the reader then waits with what it polled.
    settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 600_000);
    // A topic made after the start is found within this time.
    settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5_000);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return settings;
  }

  /** A producer that sends at once and gives up in bounded time. */
  public Map<String, Object> producer() {
    int deliveryMs = (int) config.outbox().deliveryTimeout().toMillis();
    Map<String, Object> settings = common();
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(5_000, deliveryMs));
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, deliveryMs);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 500);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, PRODUCER_BUFFER_BYTES);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4 << 20);
    return settings;
  }

  /** A client for topics and health. */
  public Map<String, Object> admin(Duration timeout) {
    Map<String, Object> settings = common();
    int timeoutMs = (int) timeout.toMillis();
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeoutMs);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMs);
    return settings;
  }

  private Map<String, Object> common() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
    settings.put(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, 50);
    settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    settings.put(AdminClientConfig.RETRY_BACKOFF_MS_CONFIG, 50);
    return settings;
  }
}

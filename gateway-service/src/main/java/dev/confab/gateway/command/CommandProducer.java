package dev.confab.gateway.command;

import dev.confab.contracts.Topics;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/**
 * Writes to the command log in the order of the calls. It never blocks: what cannot be handed to
 * the producer at once is repeated over HTTP.
 */
@ApplicationScoped
class CommandProducer {
  private static final Logger LOG = Logger.getLogger(CommandProducer.class);
  private static final long LOOK_AGAIN_MILLIS = 200;

  private final KafkaProducer<String, byte[]> producer;
  private volatile boolean brokerAway;
  private volatile boolean closed;

  CommandProducer(CommandLogConfig config) {
    var settings = new Properties();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    // Sends come from event loops.
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofHours(12).toMillis());
    this.producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /** Looks the topic up, for only a known one can be written to without waiting. */
  void warmUp(@Observes StartupEvent event) {
    Thread.ofVirtual().name("look-up-command-log").start(this::lookUp);
  }

  private void lookUp() {
    try {
      while (!closed && !isTopicKnown()) {
        Thread.sleep(LOOK_AGAIN_MILLIS);
      }
    } catch (InterruptedException end) {
      LOG.debug("event=command_log_look_up_ended");
    }
  }

  private boolean isTopicKnown() {
    try {
      return !producer.partitionsFor(Topics.CHAT_COMMANDS).isEmpty();
    } catch (KafkaException away) {
      LOG.debugf("event=command_log_not_there_yet reason=%s", away.getMessage());
      return false;
    }
  }

  void send(String topic, String key, byte[] value) {
    try {
      producer.send(
          new ProducerRecord<>(topic, key, value),
          (metadata, failure) -> brokerAway = failure != null);
    } catch (KafkaException failure) {
      brokerAway = true;
      LOG.debugf("event=command_not_written reason=%s", failure.getMessage());
    }
  }

  /** Whether the last write failed: commands then go over HTTP without a budget. */
  boolean isBrokerAway() {
    return brokerAway;
  }

  void close() {
    closed = true;
    producer.close(Duration.ofSeconds(2));
  }
}

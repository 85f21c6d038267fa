package dev.confab.gateway.command;

import dev.confab.contracts.Topics;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/**
 * Writes to the command log in the order of the calls, off the event loops: the producer may block
 * for a moment while it looks for the broker. What cannot be written is repeated over HTTP.
 */
@ApplicationScoped
class CommandProducer {
  private static final Logger LOG = Logger.getLogger(CommandProducer.class);
  private static final int QUEUE = 20_000;

  private final KafkaProducer<String, byte[]> producer;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(QUEUE),
          Thread.ofPlatform().name("write-commands").factory(),
          // Dropped here, a command is still pending and goes over HTTP.
          new ThreadPoolExecutor.DiscardPolicy());
  private volatile boolean brokerAway;

  CommandProducer(CommandLogConfig config) {
    var settings = new Properties();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 500);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofHours(12).toMillis());
    this.producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /** Looks the topic up before the first command has to wait for that. */
  void warmUp(@Observes StartupEvent event) {
    thread.execute(
        () -> {
          try {
            producer.partitionsFor(Topics.CHAT_COMMANDS);
          } catch (KafkaException away) {
            LOG.debugf("event=command_log_not_there_yet reason=%s", away.getMessage());
          }
        });
  }

  void send(String topic, String key, byte[] value) {
    thread.execute(() -> write(new ProducerRecord<>(topic, key, value)));
  }

  private void write(ProducerRecord<String, byte[]> entry) {
    try {
      producer.send(entry, (metadata, failure) -> brokerAway = failure != null);
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
    thread.shutdown();
    producer.close(Duration.ofSeconds(2));
  }
}

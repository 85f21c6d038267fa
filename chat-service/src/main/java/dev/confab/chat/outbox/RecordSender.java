package dev.confab.chat.outbox;

import dev.confab.chat.kafka.KafkaSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;

/** The one Kafka producer; after a failure it is left alone for a moment. */
@ApplicationScoped
public class RecordSender {
  private static final Logger LOG = Logger.getLogger(RecordSender.class);
  private static final Duration REST = Duration.ofSeconds(1);
  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final KafkaSettings settings;
  private KafkaProducer<byte[], byte[]> producer;
  private volatile long restUntilNanos = System.nanoTime();
  private volatile boolean failing;

  RecordSender(KafkaSettings settings) {
    this.settings = settings;
  }

  /** Whether nothing failed within the last second. */
  boolean isWorthTrying() {
    return System.nanoTime() - restUntilNanos >= 0;
  }

  /** Waits, for a second at most, until a failure is that long ago. */
  void awaitRest() throws InterruptedException {
    long left = restUntilNanos - System.nanoTime();
    if (left > 0) {
      Thread.sleep(Duration.ofNanos(left));
    }
  }

  /**
   * Sends a record. Blocks for half a second at most, when the broker is away.
   *
   * @param done told exactly once: null when acknowledged, else why not
   */
  void send(OutboxRecord outgoing, Consumer<Exception> done) {
    var ready =
        new ProducerRecord<>(
            outgoing.topic(), outgoing.key().getBytes(StandardCharsets.UTF_8), outgoing.value());
    try {
      producer().send(ready, (metadata, failure) -> settle(outgoing, failure, done));
    } catch (RuntimeException e) {
      // Whatever it was: an unsettled row would never be sent again by this replica.
      settle(outgoing, e, done);
    }
  }

  private void settle(OutboxRecord outgoing, Exception failure, Consumer<Exception> done) {
    if (failure instanceof RecordTooLargeException) {
      // It never fits: sent again and again it would only hold up the rest of its row.
      LOG.errorf("event=record_dropped record=%s error=%s", outgoing, failure.toString());
      done.accept(null);
      return;
    }
    settle(failure, done);
  }

  private void settle(Exception failure, Consumer<Exception> done) {
    if (failure != null) {
      restUntilNanos = System.nanoTime() + REST.toNanos();
    }
    if (failing != (failure != null)) {
      failing = failure != null;
      LOG.infof("event=producer failing=%s error=%s", failing, failure);
    }
    done.accept(failure);
  }

  private synchronized KafkaProducer<byte[], byte[]> producer() {
    if (producer == null) {
      producer = new KafkaProducer<>(settings.producer());
    }
    return producer;
  }

  synchronized void close() {
    if (producer != null) {
      producer.close(CLOSE);
    }
  }
}

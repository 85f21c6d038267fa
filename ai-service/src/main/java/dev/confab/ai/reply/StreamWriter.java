package dev.confab.ai.reply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.confab.ai.AiConfig;
import dev.confab.ai.kafka.KafkaSettings;
import dev.confab.contracts.Topics;
import dev.confab.contracts.ai.ReplyRecord;
import dev.confab.contracts.ai.ReplyRecord.ReplyDelta;
import dev.confab.contracts.ai.ReplyRecord.ReplyStarted;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * The one thread that writes to {@code ai.stream}, so that a slow broker blocks no event loop. The
 * first token of a reply leaves at once; what comes within the coalescing window of the last delta
 * leaves as one. The queue holds each reply at most once.
 */
@ApplicationScoped
public class StreamWriter {
  private static final Logger LOG = Logger.getLogger(StreamWriter.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final KafkaSettings settings;
  private final ObjectWriter json;
  private final long windowNanos;
  private final BlockingQueue<ReplyOutput> ready = new LinkedBlockingQueue<>();
  private final PriorityQueue<ReplyOutput> waiting =
      new PriorityQueue<>(Comparator.comparingLong(output -> output.dueAt));
  private volatile boolean stopping;
  private volatile Thread thread;
  private Producer<byte[], byte[]> producer;

  StreamWriter(KafkaSettings settings, ObjectMapper mapper, AiConfig config) {
    this.settings = settings;
    this.json = mapper.writerFor(ReplyRecord.class);
    this.windowNanos = config.replies().coalesceWindow().toNanos();
  }

  void start(@Observes StartupEvent ignored) {
    thread = Thread.ofPlatform().name("ai-stream-writer").daemon().start(this::run);
  }

  /** There is something to take from this output. */
  void ready(ReplyOutput output) {
    ready.add(output);
  }

  private void run() {
    try (Producer<byte[], byte[]> opened = connect()) {
      producer = opened;
      while (!stopping || !ready.isEmpty() || !waiting.isEmpty()) {
        guardedStep();
      }
      opened.close(CLOSE_TIMEOUT);
    } catch (InterruptedException e) {
      LOG.debug("event=stream_writer_interrupted");
    }
  }

  private Producer<byte[], byte[]> connect() throws InterruptedException {
    while (true) {
      try {
        return new KafkaProducer<>(settings.producer());
      } catch (KafkaException e) {
        // A host name that does not resolve yet, in all likelihood.
        LOG.warnf("event=producer_failed error=%s", e.getClass().getSimpleName());
        TimeUnit.SECONDS.sleep(1);
      }
    }
  }

  private void guardedStep() throws InterruptedException {
    try {
      step();
    } catch (RuntimeException e) {
      // One reply's trouble must not silence all others.
      LOG.error("event=stream_writer_failed", e);
    }
  }

  private void step() throws InterruptedException {
    ReplyOutput due = waiting.peek();
    long wait = due == null ? IDLE_NANOS : due.dueAt - System.nanoTime();
    if (due != null && wait <= 0) {
      waiting.poll();
      write(due);
      return;
    }
    ReplyOutput next = ready.poll(wait, TimeUnit.NANOSECONDS);
    if (next == null) {
      return;
    }
    long earliest = next.sentAt + windowNanos;
    if (next.isUrgent() || System.nanoTime() - earliest >= 0) {
      write(next);
    } else {
      next.dueAt = earliest;
      waiting.add(next);
    }
  }

  private void write(ReplyOutput output) {
    output.unschedule();
    for (ReplyRecord record = output.next(); record != null; record = output.next()) {
      send(record, output);
      output.sentAt = record instanceof ReplyDelta ? System.nanoTime() : output.sentAt;
    }
  }

  private void send(ReplyRecord record, ReplyOutput output) {
    byte[] key = output.conversationId().getBytes(StandardCharsets.UTF_8);
    try {
      producer.send(
          new ProducerRecord<>(Topics.AI_STREAM, key, json.writeValueAsBytes(record)),
          (metadata, failure) -> settled(record, output.listener(), failure));
    } catch (JsonProcessingException | KafkaException e) {
      settled(record, output.listener(), e);
    }
  }

  private void settled(ReplyRecord record, ReplyOutput.Listener listener, Exception failure) {
    if (failure != null) {
      LOG.warnf(
          "event=failed_message topic=ai.stream reply=%s error=%s",
          record.messageId(), failure.getClass().getSimpleName());
    }
    if (record instanceof ReplyStarted) {
      if (failure == null) {
        listener.started();
      } else {
        listener.notStarted();
      }
    } else if (record instanceof ReplyDelta delta && failure != null) {
      listener.lost(delta.offset());
    }
  }

  /** Whether the thread that writes is there. */
  public boolean isAlive() {
    Thread running = thread;
    return running != null && running.isAlive();
  }

  /** Writes what is there and ends; bounded. */
  public void stop() {
    stopping = true;
    Thread running = thread;
    if (running == null) {
      return;
    }
    try {
      if (!running.join(CLOSE_TIMEOUT)) {
        running.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

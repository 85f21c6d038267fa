package dev.confab.ai.journey;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.contracts.Topics;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.ai.ReplyCancelled;
import dev.confab.contracts.ai.ReplyFold;
import dev.confab.contracts.ai.ReplyRecord;
import dev.confab.contracts.ai.ReplyRecord.ReplyCompleted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Stands on the other side of the topics: asks, cancels, and reads what is said. */
final class Stream {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ObjectMapper json;
  private final KafkaProducer<String, byte[]> producer;
  private final Map<String, List<ReplyRecord>> records = new ConcurrentHashMap<>();
  private final CountDownLatch positioned = new CountDownLatch(1);
  private final Thread reader;
  private volatile boolean closing;

  Stream(String bootstrapServers, ObjectMapper json) throws InterruptedException {
    this.json = json;
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
    makeTopics(settings);
    this.producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    this.reader = Thread.ofPlatform().daemon().start(() -> read(settings));
    positioned.await();
  }

  private static void makeTopics(Map<String, Object> settings) throws InterruptedException {
    try (Admin admin = Admin.create(settings)) {
      for (String topic : List.of(Topics.AI_REQUESTS, Topics.AI_CONTROL, Topics.AI_STREAM)) {
        try {
          admin
              .createTopics(List.of(new NewTopic(topic, Topics.PARTITIONS, (short) 1)))
              .all()
              .get();
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof TopicExistsException)) {
            throw new IllegalStateException(e.getCause());
          }
        }
      }
    }
  }

  private void read(Map<String, Object> settings) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          IntStream.range(0, Topics.PARTITIONS)
              .mapToObj(partition -> new TopicPartition(Topics.AI_STREAM, partition))
              .toList();
      consumer.assign(all);
      consumer.seekToEnd(all);
      all.forEach(consumer::position);
      positioned.countDown();
      while (!closing) {
        consumer.poll(Duration.ofMillis(50)).forEach(record -> keep(record.value()));
      }
    }
  }

  private void keep(byte[] value) {
    try {
      ReplyRecord record = json.readValue(value, ReplyRecord.class);
      records.computeIfAbsent(record.messageId(), id -> new CopyOnWriteArrayList<>()).add(record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void ask(CompletionRequested request) {
    send(Topics.AI_REQUESTS, request.conversationId(), request);
  }

  void askWithoutWaiting(CompletionRequested request) {
    try {
      producer.send(
          new ProducerRecord<>(
              Topics.AI_REQUESTS, request.conversationId(), json.writeValueAsBytes(request)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  void cancel(CompletionRequested request) {
    send(
        Topics.AI_CONTROL,
        request.conversationId(),
        new ReplyCancelled(request.conversationId(), request.messageId(), request.attempt()));
  }

  private void send(String topic, String key, Object value) {
    try {
      producer.send(new ProducerRecord<>(topic, key, json.writeValueAsBytes(value))).get();
    } catch (JsonProcessingException | ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  List<ReplyRecord> of(CompletionRequested request) {
    return records.getOrDefault(request.messageId(), List.of());
  }

  /** What the fold makes of a first attempt's records. */
  String text(CompletionRequested request) {
    ReplyFold fold = new ReplyFold();
    of(request).forEach(fold::apply);
    return fold.text();
  }

  ReplyCompleted completion(CompletionRequested request) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> !of(request).isEmpty() && of(request).getLast() instanceof ReplyCompleted);
    return (ReplyCompleted) of(request).getLast();
  }

  void close() throws InterruptedException {
    closing = true;
    reader.join();
    producer.close();
  }
}

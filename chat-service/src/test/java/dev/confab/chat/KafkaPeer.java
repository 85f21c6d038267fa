package dev.confab.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** The other services' side of one topic: writes to it, and keeps what is read from it. */
final class KafkaPeer<T> implements AutoCloseable {
  private final String topic;
  private final ObjectMapper json;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<T> seen = new CopyOnWriteArrayList<>();
  private final Thread reading;
  private volatile boolean closed;

  KafkaPeer(String bootstrap, String topic, Class<T> type, ObjectMapper json) {
    // A busy machine is no failure.
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    this.topic = topic;
    this.json = json;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "linger.ms", 0),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(topic, p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    this.reading = Thread.ofVirtual().start(() -> read(consumer, type));
  }

  private void read(KafkaConsumer<byte[], byte[]> consumer, Class<T> type) {
    try (consumer) {
      while (!closed) {
        for (var each : consumer.poll(Duration.ofMillis(50))) {
          keep(each.value(), type);
        }
      }
    }
  }

  private void keep(byte[] value, Class<T> type) {
    try {
      seen.add(json.readValue(value, type));
    } catch (IOException e) {
      // Some tests write what nobody can read.
      return;
    }
  }

  Future<RecordMetadata> write(String key, Object value) {
    try {
      byte[] bytes = json.writeValueAsBytes(value);
      return producer.send(
          new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), bytes));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  void writeRaw(String key, byte[] value) {
    producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
  }

  List<T> seen() {
    return seen;
  }

  @Override
  public void close() {
    closed = true;
    try {
      reading.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close();
  }
}

package dev.confab.chat.reply;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.ChatConfig;
import dev.confab.chat.kafka.GroupReader;
import dev.confab.chat.kafka.KafkaSettings;
import dev.confab.contracts.Topics;
import dev.confab.contracts.ai.ReplyRecord;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Folds {@code ai.stream}. What a poll ended is stored in one transaction; offsets are committed no
 * further than the first record of a partition's oldest running reply, so that whoever takes a
 * partition over folds those replies again from their beginning.
 */
@ApplicationScoped
public class ReplyReader implements GroupReader.Work {
  private static final Logger LOG = Logger.getLogger(ReplyReader.class);
  private static final String GROUP = "chat-replies";
  private static final int MAX_POLL = 2_000;

  private final ChatConfig.Replies config;
  private final KafkaSettings kafka;
  private final ReplyEndings endings;
  private final RunningReplies running;
  private final ObjectMapper json;
  private final Map<TopicPartition, PartitionFolds> folds = new HashMap<>();
  private final Map<TopicPartition, Long> committed = new HashMap<>();
  private GroupReader reader;

  ReplyReader(
      ChatConfig config,
      KafkaSettings kafka,
      ReplyEndings endings,
      RunningReplies running,
      ObjectMapper json) {
    this.config = config.replies();
    this.kafka = kafka;
    this.endings = endings;
    this.running = running;
    this.json = json;
  }

  void start(@Observes StartupEvent ignored) {
    if (config.folding()) {
      var settings = kafka.groupConsumer(GROUP, MAX_POLL);
      reader = new GroupReader("replies", settings, Topics.AI_STREAM, this);
      reader.start();
    }
  }

  void stop(@Observes ShutdownEvent ignored) {
    if (reader != null) {
      reader.stop();
    }
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> handle(ConsumerRecords<byte[], byte[]> records)
      throws InterruptedException {
    List<FoldResult> results = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> each : records) {
      fold(each).ifPresent(results::add);
    }
    if (!results.isEmpty()) {
      endings.store(results);
    }
    long oldest = System.currentTimeMillis() - config.foldKept().toMillis();
    folds.values().forEach(f -> f.dropBefore(oldest));
    return committable();
  }

  private Optional<FoldResult> fold(ConsumerRecord<byte[], byte[]> source) {
    TopicPartition partition = new TopicPartition(source.topic(), source.partition());
    PartitionFolds here = folds.computeIfAbsent(partition, p -> new PartitionFolds(running));
    try {
      ReplyRecord parsed =
          source.value() == null ? null : json.readValue(source.value(), ReplyRecord.class);
      if (parsed != null && parsed.messageId() != null && parsed.conversationId() != null) {
        return here.apply(source.offset(), source.timestamp(), parsed);
      }
    } catch (IOException e) {
      LOG.warnf(
          "event=reply_record_skipped partition=%d offset=%d why=%s",
          source.partition(), source.offset(), e.getClass().getSimpleName());
    }
    here.skip(source.offset());
    return Optional.empty();
  }

  private Map<TopicPartition, OffsetAndMetadata> committable() {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    folds.forEach(
        (partition, f) -> {
          long offset = f.committable();
          Long before = committed.put(partition, offset);
          if (before == null || before != offset) {
            offsets.put(partition, new OffsetAndMetadata(offset));
          }
        });
    return offsets;
  }

  @Override
  public void revoked(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      PartitionFolds gone = folds.remove(partition);
      committed.remove(partition);
      if (gone != null) {
        gone.forgetAll();
      }
    }
  }
}

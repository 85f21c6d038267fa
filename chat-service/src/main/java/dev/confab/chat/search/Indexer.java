package dev.confab.chat.search;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.kafka.GroupReader;
import dev.confab.chat.kafka.KafkaSettings;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.ledger.StorageException;
import dev.confab.chat.schema.Rounds;
import dev.confab.contracts.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Indexes conversations in which something happened, a few times a second. It looks at the keys of
 * {@code chat.events} alone (group {@code chat-index}); conversations that need a second visit have
 * a time for it in the database, so that any replica comes back to them.
 */
@ApplicationScoped
public class Indexer implements GroupReader.Work {
  private static final Logger LOG = Logger.getLogger(Indexer.class);
  private static final String GROUP = "chat-index";
  private static final int CONVERSATIONS_AT_ONCE = 200;
  private static final Duration LONGEST_REST = Duration.ofSeconds(2);

  private final ChatConfig.Index config;
  private final Duration retry;
  private final KafkaSettings kafka;
  private final IndexSteps steps;
  private final Rounds rounds;
  private final Timer times;
  private GroupReader reader;

  Indexer(
      ChatConfig config,
      KafkaSettings kafka,
      IndexSteps steps,
      Rounds rounds,
      MeterRegistry metrics) {
    this.config = config.index();
    this.retry = config.commands().retryMax();
    this.kafka = kafka;
    this.steps = steps;
    this.rounds = rounds;
    this.times = metrics.timer("confab.index.time");
  }

  void start(@Observes StartupEvent ignored) {
    if (config.enabled()) {
      var settings = kafka.groupConsumer(GROUP, config.batch());
      reader = new GroupReader("index", settings, Topics.CHAT_EVENTS, this);
      reader.start();
      rounds.every("index-due", config.lookEvery(), this::comeBack);
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
    if (records.isEmpty()) {
      return Map.of();
    }
    Set<UUID> woken = new TreeSet<>();
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> each : records) {
      if (each.key() != null) {
        Ids.parse(new String(each.key(), StandardCharsets.UTF_8)).ifPresent(woken::add);
      }
      var partition = new TopicPartition(each.topic(), each.partition());
      offsets.put(partition, new OffsetAndMetadata(each.offset() + 1));
    }
    index(List.copyOf(woken));
    // What happens meanwhile is done at once.
    Thread.sleep(config.every());
    return offsets;
  }

  private void comeBack() throws InterruptedException {
    List<UUID> due = steps.due(CONVERSATIONS_AT_ONCE);
    while (!due.isEmpty()) {
      index(due);
      due = steps.due(CONVERSATIONS_AT_ONCE);
    }
  }

  private void index(List<UUID> conversations) throws InterruptedException {
    for (int from = 0; from < conversations.size(); from += CONVERSATIONS_AT_ONCE) {
      int to = Math.min(conversations.size(), from + CONVERSATIONS_AT_ONCE);
      List<UUID> part = new ArrayList<>(conversations.subList(from, to));
      if (!tried(part)) {
        for (UUID each : part) {
          if (!tried(List.of(each))) {
            LOG.errorf("event=not_indexed conversation=%s", each);
            steps.postpone(each);
          }
        }
      }
    }
  }

  /** Bounded, so that a long backlog does not keep the reader from its next poll for minutes. */
  private Duration rest(Duration took) {
    Duration rest = took.multipliedBy(config.restFactor());
    return rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
  }

  /** Waits for a database that is away; false if it refuses what is asked. */
  private boolean tried(List<UUID> conversations) throws InterruptedException {
    while (true) {
      long begin = System.nanoTime();
      try {
        steps.run(conversations);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        times.record(took);
        // People wait for messages, nobody for this: under load it falls behind, and comes back.
        Thread.sleep(rest(took));
        return true;
      } catch (StorageException e) {
        LOG.warnf("event=index_failed count=%d error=%s", conversations.size(), e.getMessage());
        if (!e.isTransient()) {
          return false;
        }
        Thread.sleep(retry);
      }
    }
  }
}

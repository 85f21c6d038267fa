package dev.confab.chat.presence;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.ChatConfig;
import dev.confab.chat.kafka.GroupReader;
import dev.confab.chat.kafka.KafkaSettings;
import dev.confab.chat.ledger.StorageException;
import dev.confab.contracts.Topics;
import dev.confab.contracts.auth.UserEvent;
import dev.confab.contracts.auth.UserEvent.PresenceChosen;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Reads who wants to count as offline, and no longer. */
@ApplicationScoped
class Wishes implements GroupReader.Work {
  private static final Logger LOG = Logger.getLogger(Wishes.class);
  private static final String GROUP = "chat-presence";
  private static final int BATCH = 500;

  private final KafkaSettings kafka;
  private final HiddenUsers hidden;
  private final ObjectMapper json;
  private final ChatConfig.Commands retries;
  private GroupReader reader;

  Wishes(KafkaSettings kafka, HiddenUsers hidden, ObjectMapper json, ChatConfig config) {
    this.kafka = kafka;
    this.hidden = hidden;
    this.json = json;
    this.retries = config.commands();
  }

  void start(@Observes StartupEvent ignored) {
    var settings = kafka.groupConsumer(GROUP, BATCH);
    reader = new GroupReader("presence-wishes", settings, Topics.AUTH_USERS, this);
    reader.start();
  }

  void stop(@Observes ShutdownEvent ignored) {
    if (reader != null) {
      reader.stop();
    }
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> handle(ConsumerRecords<byte[], byte[]> records)
      throws InterruptedException {
    List<PresenceChosen> wishes = new ArrayList<>();
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> each : records) {
      read(each, wishes);
      var partition = new TopicPartition(each.topic(), each.partition());
      offsets.put(partition, new OffsetAndMetadata(each.offset() + 1));
    }
    while (!wishes.isEmpty() && !tryToKeep(wishes)) {
      Thread.sleep(retries.retryMax());
    }
    return offsets;
  }

  private void read(ConsumerRecord<byte[], byte[]> source, Collection<PresenceChosen> into) {
    try {
      if (source.value() != null
          && json.readValue(source.value(), UserEvent.class) instanceof PresenceChosen chosen
          && chosen.userId() != null
          && chosen.userId().indexOf('\0') < 0
          && chosen.changedAt() != null) {
        into.add(chosen);
      }
    } catch (IOException e) {
      LOG.warnf("event=user_event_unreadable offset=%d", source.offset());
    }
  }

  /** Whether it is done; what the database will never take is given up. */
  private boolean tryToKeep(List<PresenceChosen> wishes) {
    try {
      hidden.keep(wishes);
      return true;
    } catch (StorageException e) {
      LOG.warnf("event=presence_wishes_not_stored error=%s", e.getMessage());
      return !e.isTransient();
    }
  }
}

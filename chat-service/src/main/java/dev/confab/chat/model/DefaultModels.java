package dev.confab.chat.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.ChatConfig;
import dev.confab.chat.conversation.Instants;
import dev.confab.chat.kafka.GroupReader;
import dev.confab.chat.kafka.KafkaSettings;
import dev.confab.chat.ledger.StorageException;
import dev.confab.chat.ledger.Writes;
import dev.confab.contracts.Topics;
import dev.confab.contracts.auth.UserEvent;
import dev.confab.contracts.auth.UserEvent.DefaultModelChosen;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Keeps what users chose as their default model; read where a reply is ordered. */
@ApplicationScoped
public class DefaultModels implements GroupReader.Work {
  private static final Logger LOG = Logger.getLogger(DefaultModels.class);
  private static final String GROUP = "chat-users";
  private static final int BATCH = 500;

  /** Of two choices the later one stays, in whichever order they come. */
  private static final String PUT =
      "INSERT INTO user_settings AS u (user_id, default_model, changed_at) VALUES (?, ?, ?)"
          + " ON CONFLICT (user_id) DO UPDATE SET default_model = EXCLUDED.default_model,"
          + " changed_at = EXCLUDED.changed_at WHERE u.changed_at <= EXCLUDED.changed_at";

  private final KafkaSettings kafka;
  private final Writes writes;
  private final ObjectMapper json;
  private final ChatConfig.Commands retries;
  private GroupReader reader;

  DefaultModels(KafkaSettings kafka, Writes writes, ObjectMapper json, ChatConfig config) {
    this.kafka = kafka;
    this.writes = writes;
    this.json = json;
    this.retries = config.commands();
  }

  void start(@Observes StartupEvent ignored) {
    reader = new GroupReader("users", kafka.groupConsumer(GROUP, BATCH), Topics.AUTH_USERS, this);
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
    List<DefaultModelChosen> choices = new ArrayList<>(records.count());
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> each : records) {
      read(each, choices);
      var partition = new TopicPartition(each.topic(), each.partition());
      offsets.put(partition, new OffsetAndMetadata(each.offset() + 1));
    }
    while (!choices.isEmpty() && !tryToKeep(choices)) {
      Thread.sleep(retries.retryMax());
    }
    return offsets;
  }

  private void read(ConsumerRecord<byte[], byte[]> source, List<DefaultModelChosen> into) {
    try {
      if (source.value() != null
          && json.readValue(source.value(), UserEvent.class) instanceof DefaultModelChosen chosen
          && Catalog.isName(chosen.userId())
          && chosen.changedAt() != null) {
        into.add(chosen);
      }
    } catch (IOException e) {
      LOG.warnf("event=user_event_unreadable offset=%d", source.offset());
    }
  }

  /** Whether it is done; what the database will never take is given up. */
  private boolean tryToKeep(List<DefaultModelChosen> choices) {
    try {
      keep(choices);
      return true;
    } catch (StorageException e) {
      LOG.warnf("event=default_models_not_stored error=%s", e.getMessage());
      return !e.isTransient();
    }
  }

  private void keep(List<DefaultModelChosen> choices) {
    writes.run(
        connection -> {
          try (PreparedStatement put = connection.prepareStatement(PUT)) {
            for (DefaultModelChosen each : choices) {
              String model = each.defaultModel();
              put.setString(1, each.userId());
              put.setString(2, Catalog.isName(model) ? model : null);
              put.setObject(3, Instants.parameter(each.changedAt()));
              put.addBatch();
            }
            return put.executeBatch();
          }
        });
  }
}

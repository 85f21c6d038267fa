package dev.confab.chat.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.ChatConfig;
import dev.confab.chat.kafka.GroupReader;
import dev.confab.chat.kafka.KafkaSettings;
import dev.confab.contracts.Topics;
import dev.confab.contracts.chat.ChatCommand;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Reads {@code chat.commands}: what one poll brought is one transaction; offsets come last. */
@ApplicationScoped
public class CommandReader implements GroupReader.Work {
  private static final Logger LOG = Logger.getLogger(CommandReader.class);
  private static final String GROUP = "chat-commands";

  private final ChatConfig.Commands config;
  private final KafkaSettings kafka;
  private final CommandBatch batch;
  private final ObjectMapper json;
  private final Counter malformed;
  private final List<GroupReader> readers = new ArrayList<>();

  CommandReader(
      ChatConfig config,
      KafkaSettings kafka,
      CommandBatch batch,
      ObjectMapper json,
      MeterRegistry metrics) {
    this.config = config.commands();
    this.kafka = kafka;
    this.batch = batch;
    this.json = json;
    this.malformed = metrics.counter("confab.commands.malformed");
  }

  void start(@Observes StartupEvent ignored) {
    for (int i = 0; i < config.consumers(); i++) {
      var settings = kafka.groupConsumer(GROUP, config.batch());
      readers.add(new GroupReader("commands-" + i, settings, Topics.CHAT_COMMANDS, this));
    }
    readers.forEach(GroupReader::start);
  }

  void stop(@Observes ShutdownEvent ignored) {
    readers.forEach(GroupReader::stop);
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> handle(ConsumerRecords<byte[], byte[]> records)
      throws InterruptedException {
    if (records.isEmpty()) {
      return Map.of();
    }
    List<ChatCommand> commands = new ArrayList<>(records.count());
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> each : records) {
      read(each, commands);
      var partition = new TopicPartition(each.topic(), each.partition());
      offsets.put(partition, new OffsetAndMetadata(each.offset() + 1));
    }
    batch.apply(commands);
    return offsets;
  }

  private void read(ConsumerRecord<byte[], byte[]> source, List<ChatCommand> into) {
    try {
      ChatCommand command =
          source.value() == null ? null : json.readValue(source.value(), ChatCommand.class);
      if (command != null && CommandShape.defect(command).isEmpty()) {
        into.add(command);
        return;
      }
      skip(source, "incomplete");
    } catch (IOException e) {
      skip(source, e.getClass().getSimpleName());
    }
  }

  private void skip(ConsumerRecord<byte[], byte[]> source, String why) {
    malformed.increment();
    LOG.warnf(
        "event=command_skipped partition=%d offset=%d why=%s",
        source.partition(), source.offset(), why);
  }
}

package dev.confab.localstack.infrastructure;

import dev.confab.contracts.Topics;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Time;

/** Main class of the broker's process: formats its folder once, runs, and makes the topics. */
public final class KafkaBroker {
  private KafkaBroker() {}

  /**
   * @param args data folder, broker port, controller port, file to make once the topics are there
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int port = Integer.parseInt(args[1]);
    Properties settings = settings(folder, port, Integer.parseInt(args[2]));
    format(folder, settings);
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "kafka-shutdown"));
    server.startup();
    makeTopics(port);
    Files.writeString(Path.of(args[3]), Long.toString(ProcessHandle.current().pid()));
    server.awaitShutdown();
  }

  private static Properties settings(Path folder, int port, int controllerPort) {
    Properties settings = new Properties();
    settings.putAll(
        Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", "1"),
            Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                    .formatted(port, controllerPort)),
            Map.entry("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port),
            Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            Map.entry("log.dirs", folder.toString()),
            Map.entry("auto.create.topics.enable", "false"),
            // One broker: nothing can be replicated, and internal topics need few partitions.
            Map.entry("offsets.topic.num.partitions", "4"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            // Without these a broker that was killed needs twelve seconds to come back.
            Map.entry("controlled.shutdown.enable", "true"),
            Map.entry("broker.session.timeout.ms", "2000"),
            Map.entry("broker.heartbeat.interval.ms", "200"),
            // A laptop's share of memory and disk.
            Map.entry("num.network.threads", "1"),
            Map.entry("num.io.threads", "2"),
            Map.entry("num.recovery.threads.per.data.dir", "2"),
            Map.entry("background.threads", "2"),
            Map.entry("log.cleaner.dedupe.buffer.size", "8388608"),
            Map.entry("log.index.size.max.bytes", "1048576"),
            Map.entry("log.segment.bytes", "67108864"),
            Map.entry("log.retention.hours", "168")));
    return settings;
  }

  private static void format(Path folder, Properties settings) throws IOException {
    if (Files.exists(folder.resolve("meta.properties"))) {
      return;
    }
    Path file = Files.createTempFile("kafka-", ".properties");
    try {
      try (var out = Files.newOutputStream(file)) {
        settings.store(out, null);
      }
      String cluster = Uuid.randomUuid().toString();
      String[] arguments = {"format", "-t", cluster, "-c", file.toString(), "--ignore-formatted"};
      int result = StorageTool.execute(arguments, new PrintStream(System.out, true));
      if (result != 0) {
        throw new IOException("Formatting " + folder + " failed with " + result);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void makeTopics(int port) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
      Set<String> present = admin.listTopics().names().get();
      List<NewTopic> missing =
          topics().stream().filter(topic -> !present.contains(topic.name())).toList();
      admin.createTopics(missing).all().get();
    } catch (ExecutionException e) {
      // A service that came up faster made it.
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private static List<NewTopic> topics() {
    short one = 1;
    Map<String, String> compacted = Map.of("cleanup.policy", "compact");
    return List.of(
        new NewTopic(Topics.CHAT_COMMANDS, Topics.PARTITIONS, one),
        new NewTopic(Topics.CHAT_EVENTS, Topics.PARTITIONS, one),
        new NewTopic(Topics.AI_REQUESTS, Topics.PARTITIONS, one),
        new NewTopic(Topics.AI_CONTROL, Topics.PARTITIONS, one),
        new NewTopic(Topics.AI_STREAM, Topics.PARTITIONS, one),
        new NewTopic(Topics.AUTH_EVENTS, 1, one).configs(compacted),
        new NewTopic(Topics.AUTH_USERS, 1, one).configs(compacted));
  }
}

package dev.confab.localstack.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.contracts.Topics;
import dev.confab.localstack.process.Home;
import dev.confab.localstack.process.Part;
import dev.confab.localstack.process.Ports;
import dev.confab.localstack.process.ProcessRecord;
import dev.confab.localstack.process.ProcessTable;
import dev.confab.localstack.process.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real servers: their data outlives them, however they end. */
class InfrastructureIT {
  @TempDir Path folder;

  private Home home;
  private Processes processes;
  private Infrastructure infrastructure;

  @BeforeEach
  void start() {
    home = Home.at(folder);
    processes = new Processes(home);
    int port = Ports.freeRow(4);
    Path programs = Path.of("target", "programs").toAbsolutePath();
    infrastructure =
        Infrastructure.of(home, programs, new Secrets(home), port, port + 1, port + 2, port + 3);
    startAll();
  }

  @AfterEach
  void stop() {
    processes.running().forEach(record -> processes.stop(record, Duration.ofSeconds(10)));
  }

  @Test
  void dataIsThereAgainAfterAStopAndAfterAHardEnd() throws Exception {
    write("one");
    stop();
    startAll();
    assertThat(rows()).containsExactly("one");
    assertThat(records()).containsExactly("one");

    write("two");
    for (ProcessRecord record : processes.running()) {
      ProcessTable.find(record).orElseThrow().destroyForcibly();
      Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !ProcessTable.runs(record));
    }
    startAll();
    assertThat(rows()).containsExactly("one", "two");
    assertThat(records()).containsExactly("one", "two");
  }

  @Test
  void eachServerIsAsTheServicesExpectIt() throws Exception {
    DatabaseAccess chat = infrastructure.postgres().access("confab_chat");

    assertThat(query(chat, "SHOW fsync")).containsExactly("on");
    assertThat(query(chat, "SHOW synchronous_commit")).containsExactly("on");
    assertThat(infrastructure.redis().ready()).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secretsFile())))
        .isEqualTo("rw-------");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
      Set<String> names = Set.of(Topics.CHAT_COMMANDS, Topics.AI_STREAM, Topics.AUTH_EVENTS);
      Map<String, TopicDescription> topics = admin.describeTopics(names).allTopicNames().get();
      assertThat(topics.get(Topics.AI_STREAM).partitions()).hasSize(Topics.PARTITIONS);
      assertThat(topics.get(Topics.AUTH_EVENTS).partitions()).hasSize(1);
    }
  }

  private void startAll() {
    infrastructure.parts().parallelStream().forEach((Part part) -> processes.start(part));
  }

  private void write(String value) throws Exception {
    DatabaseAccess chat = infrastructure.postgres().access("confab_chat");
    query(
        chat,
        "CREATE TABLE IF NOT EXISTS kept (value text); INSERT INTO kept VALUES ('" + value + "')");
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap(), "acks", "all");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(Topics.CHAT_EVENTS, 0, "key", value)).get();
    }
  }

  private List<String> rows() throws SQLException {
    DatabaseAccess chat = infrastructure.postgres().access("confab_chat");
    return query(chat, "SELECT value FROM kept ORDER BY value");
  }

  private List<String> records() {
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap());
    TopicPartition partition = new TopicPartition(Topics.CHAT_EVENTS, 0);
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      List<String> values = new ArrayList<>();
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
          values.add(record.value());
        }
      }
      return values;
    }
  }

  private static List<String> query(DatabaseAccess access, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(access.jdbcUrl(), access.user(), access.password());
        Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            values.add(rows.getString(1));
          }
        }
      }
    }
    return values;
  }

  private String bootstrap() {
    return infrastructure.kafka().bootstrapServers();
  }

  private Path secretsFile() {
    return home.path().resolve("secrets.json");
  }
}

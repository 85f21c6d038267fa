package dev.confab.localstack.infrastructure;

import dev.confab.localstack.process.Home;
import dev.confab.localstack.process.JavaCommand;
import dev.confab.localstack.process.Part;
import dev.confab.localstack.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Kafka broker and its controller, together in one JVM of their own. */
public final class Kafka implements Part {
  private static final int HEAP_MB = 384;

  private final Home home;
  private final int port;
  private final int controllerPort;

  Kafka(Home home, int port, int controllerPort) {
    this.home = home;
    this.port = port;
    this.controllerPort = controllerPort;
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public List<Integer> ports() {
    return List.of(port, controllerPort);
  }

  @Override
  public String portSetting() {
    return "CONFAB_KAFKA_PORT";
  }

  @Override
  public String url() {
    return "kafka://" + bootstrapServers();
  }

  /** For Kafka clients. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  @Override
  public String marker() {
    return JavaCommand.marker(home, name());
  }

  @Override
  public void prepare() {
    try {
      Files.deleteIfExists(readyFile());
      Files.createDirectories(home.data().resolve("kafka"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> command() {
    return JavaCommand.ofThisModule(
        home,
        name(),
        HEAP_MB,
        KafkaBroker.class,
        home.data().resolve("kafka").toString(),
        Integer.toString(port),
        Integer.toString(controllerPort),
        readyFile().toString());
  }

  @Override
  public boolean ready() {
    return Files.exists(readyFile()) && Ports.answers(port);
  }

  private Path readyFile() {
    return home.run().resolve("kafka.ready");
  }
}

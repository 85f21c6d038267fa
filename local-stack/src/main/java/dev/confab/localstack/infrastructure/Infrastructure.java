package dev.confab.localstack.infrastructure;

import dev.confab.localstack.process.Home;
import dev.confab.localstack.process.Part;
import java.nio.file.Path;
import java.util.List;

/**
 * The backing services of one home, each a part that can be started and ended by itself.
 *
 * @param postgres two databases, {@code confab_auth} and {@code confab_chat}
 * @param kafka with all topics
 */
public record Infrastructure(Postgres postgres, Redis redis, Kafka kafka) {
  /**
   * @param binaries folder where server programs are unpacked, shared by all homes
   */
  public static Infrastructure of(
      Home home,
      Path binaries,
      Secrets secrets,
      int postgresPort,
      int redisPort,
      int kafkaPort,
      int kafkaControllerPort) {
    Binaries programs = new Binaries(binaries);
    return new Infrastructure(
        new Postgres(home, postgresPort, programs, secrets),
        new Redis(home, redisPort, programs),
        new Kafka(home, kafkaPort, kafkaControllerPort));
  }

  public List<Part> parts() {
    return List.of(postgres, redis, kafka);
  }
}

package dev.confab.localstack.suite;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.localstack.configuration.PortPlan;
import dev.confab.localstack.process.Home;
import dev.confab.localstack.process.StackFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What was started last in a home, so that what died of it can be started again alike.
 *
 * @param detached whether it runs without its launcher
 */
public record SuiteState(boolean detached, Counts counts, PortPlan ports) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static Optional<SuiteState> read(Home home) {
    Path file = file(home);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readString(file), SuiteState.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  public void write(Home home) {
    try {
      Home.writePrivately(file(home), JSON.writeValueAsString(this));
    } catch (IOException e) {
      throw new StackFailure("Cannot write " + file(home), "is the disk full?", e);
    }
  }

  public static void forget(Home home) {
    try {
      Files.deleteIfExists(file(home));
    } catch (IOException e) {
      throw new StackFailure("Cannot remove " + file(home), "check who may write there", e);
    }
  }

  private static Path file(Home home) {
    return home.run().resolve("suite.json");
  }
}

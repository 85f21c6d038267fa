package dev.confab.localstack.build;

import dev.confab.localstack.process.StackFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The Maven on the PATH, run on the Java of this process. */
public final class Maven {
  private final Path root;

  public Maven(Path root) {
    this.root = root;
  }

  /**
   * Runs Maven; what it prints is seen.
   *
   * @param environment added to this process's own
   * @param withheld variables that it must not see
   * @return its exit status, 0 when all is well
   */
  public int run(
      Map<String, String> environment, Predicate<String> withheld, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("mvn", "-B", "-ntp"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
    builder.environment().keySet().removeIf(withheld);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    // Read ends of the terminal are the launcher's own.
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      return waitFor(builder.start());
    } catch (IOException e) {
      throw new StackFailure("Maven (mvn) is not on the PATH", "install Maven 3.8.7 or newer", e);
    }
  }

  private static int waitFor(Process process) {
    // A launcher that is told to end takes its Maven along.
    Thread end = new Thread(process::destroy, "end-maven");
    Runtime.getRuntime().addShutdownHook(end);
    try {
      int status = process.waitFor();
      Runtime.getRuntime().removeShutdownHook(end);
      return status;
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new StackFailure("Interrupted", "start again", e);
    } catch (IllegalStateException e) {
      throw new StackFailure("Ended while Maven ran", "start again", e);
    }
  }
}

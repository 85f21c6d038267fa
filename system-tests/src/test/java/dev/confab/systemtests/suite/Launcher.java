package dev.confab.systemtests.suite;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@code confab} script, called as a person would call it, for a suite of its own. */
final class Launcher {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path root;
  private final Path home;
  private final Path output;
  private final int firstPort = SuiteEnvironment.freePorts();

  /**
   * @param root folder of the script
   * @param home the suite's data folder
   * @param output takes what the script prints
   */
  Launcher(Path root, Path home, Path output) {
    this.root = root;
    this.home = home;
    this.output = output;
  }

  /** Folder of the working copy, found from the folder the tests run in. */
  static Path repositoryRoot() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isRegularFile(folder.resolve("confab"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("no confab script above " + Path.of("").toAbsolutePath());
    }
    return folder;
  }

  /** Starts what does not run; returns when all is ready. */
  void up() {
    call(Duration.ofMinutes(4), "up", "--detach", "--gateways", "2", "--chat", "2", "--ai", "2");
  }

  /** Stops the suite. */
  void down() {
    call(Duration.ofMinutes(1), "down");
  }

  /** Has the LLM providers asked for their models. */
  void syncModels() {
    call(Duration.ofMinutes(1), "models", "sync");
  }

  SuiteStatus status() {
    try {
      Process process = start(ProcessBuilder.Redirect.PIPE, "status", "--json");
      byte[] answer = process.getInputStream().readAllBytes();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("confab status does not end");
      }
      return JSON.readValue(answer, SuiteStatus.class);
    } catch (IOException e) {
      throw new UncheckedIOException("confab status --json gave no status", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void call(Duration patience, String... arguments) {
    try {
      Process process = start(ProcessBuilder.Redirect.appendTo(output.toFile()), arguments);
      if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            "confab " + arguments[0] + " took longer than " + patience + "; see " + output);
      }
      if (process.exitValue() != 0) {
        throw new AssertionError(
            "confab " + arguments[0] + " ended with " + process.exitValue() + "; see " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Process start(ProcessBuilder.Redirect out, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(root.resolve("confab").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectOutput(out)
            .redirectError(ProcessBuilder.Redirect.appendTo(output.toFile()));
    SuiteEnvironment.applyTo(builder.environment(), home, firstPort);
    return builder.start();
  }
}

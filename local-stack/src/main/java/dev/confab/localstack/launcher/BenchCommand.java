package dev.confab.localstack.launcher;

import dev.confab.localstack.build.Maven;
import dev.confab.localstack.process.StackFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code bench}: builds and runs the benchmark on the running suite. */
final class BenchCommand {
  private static final String MODULE = "load-tests";
  private static final String MAIN = "dev.confab.loadtests.Bench";

  private final Context context;

  BenchCommand(Context context) {
    this.context = context;
  }

  /**
   * @param words for the benchmark itself
   * @return its exit status
   */
  int run(List<String> words) throws InterruptedException {
    Path root = context.project().root();
    List<String> build =
        List.of(
            "-q",
            "-Dmaven.test.skip=true",
            "-Dspotless.check.skip=true",
            "-pl",
            MODULE,
            "-am",
            "package");
    if (new Maven(root).run(Map.of(), variable -> false, build) != 0) {
      throw new StackFailure("The build failed", "see Maven's output above");
    }
    Path target = context.project().target(MODULE);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Dconfab.root=" + root, "-cp"));
    command.add(target.resolve("*") + File.pathSeparator + target.resolve("lib").resolve("*"));
    command.add(MAIN);
    command.addAll(words);
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new StackFailure("Cannot start the benchmark", e.getMessage(), e);
    }
  }
}

package dev.confab.localstack.build;

import dev.confab.localstack.process.StackFailure;
import dev.confab.localstack.suite.Project;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Brings the services up to date with their sources. */
public final class Build {
  private final Project project;
  private final Consumer<String> tell;

  /**
   * @param tell takes the lines that people shall read
   */
  public Build(Project project, Consumer<String> tell) {
    this.project = project;
    this.tell = tell;
  }

  /**
   * Builds the services that are older than their sources, without tests.
   *
   * @throws StackFailure when Maven fails; it has printed why
   */
  public void refresh() {
    Staleness staleness = new Staleness(project);
    List<String> stale = staleness.staleServices();
    if (stale.isEmpty()) {
      return;
    }
    tell.accept("Building " + String.join(", ", stale) + " (the first time takes minutes) …");
    long begin = System.currentTimeMillis();
    List<String> arguments =
        List.of(
            "-q",
            "-Dmaven.test.skip=true",
            "-Dspotless.check.skip=true",
            "-pl",
            String.join(",", stale),
            "-am",
            "package");
    if (new Maven(project.root()).run(Map.of(), variable -> false, arguments) != 0) {
      throw new StackFailure("The build failed", "see Maven's output above");
    }
    stale.forEach(module -> staleness.built(module, begin));
    tell.accept("Built in %.1f s".formatted((System.currentTimeMillis() - begin) / 1e3));
  }
}

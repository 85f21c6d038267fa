package dev.confab.localstack.launcher;

import dev.confab.localstack.demollm.DemoLlmPart;
import dev.confab.localstack.process.Home;
import dev.confab.localstack.process.ProcessRecord;
import dev.confab.localstack.process.ProcessTable;
import dev.confab.localstack.process.Processes;
import dev.confab.localstack.process.RunFolder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What runs of a suite now, its launcher included, and how it is ended. */
final class RunningSuite {
  private static final String LAUNCHER = "launcher";
  private static final Duration STOP = Duration.ofSeconds(15);

  /** Ended after everything that needs them. */
  private static final Set<String> INFRASTRUCTURE = Set.of("postgres", "redis", "kafka");

  private final Processes processes;
  private final RunFolder run;

  RunningSuite(Home home) {
    this.processes = new Processes(home);
    this.run = new RunFolder(home);
  }

  Processes processes() {
    return processes;
  }

  /** Every part that runs. */
  List<ProcessRecord> parts() {
    return processes.running().stream().filter(r -> !r.name().equals(LAUNCHER)).toList();
  }

  /** The launcher that watches this suite in the foreground, or that is just starting it. */
  Optional<ProcessRecord> launcher() {
    return processes
        .running(LAUNCHER)
        .filter(record -> record.pid() != ProcessHandle.current().pid());
  }

  /** Notes this process as the launcher. */
  void enter() {
    ProcessHandle me = ProcessHandle.current();
    run.put(
        new ProcessRecord(
            LAUNCHER, me.pid(), ProcessTable.startedAtMillis(me), Main.class.getName(), 0));
  }

  /** Takes this process's note back. */
  void leave() {
    run.get(LAUNCHER)
        .filter(record -> record.pid() == ProcessHandle.current().pid())
        .ifPresent(record -> run.remove(LAUNCHER));
  }

  /** Ends the other launcher, which takes its suite along. */
  void stopLauncher(Duration within) {
    launcher().ifPresent(record -> processes.stop(record, within));
  }

  /** Ends every part that runs: the services first, then what they stand on. */
  void stopParts() {
    List<ProcessRecord> first = new ArrayList<>();
    List<ProcessRecord> then = new ArrayList<>();
    parts().forEach(r -> (isInfrastructure(r.name()) ? then : first).add(r));
    stopTogether(first);
    stopTogether(then);
    run.all().stream()
        .filter(record -> !record.name().equals(LAUNCHER))
        .filter(record -> !ProcessTable.runs(record))
        .forEach(record -> run.remove(record.name()));
  }

  private static boolean isInfrastructure(String name) {
    return INFRASTRUCTURE.contains(name) || name.startsWith(DemoLlmPart.NAME);
  }

  private void stopTogether(List<ProcessRecord> records) {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      records.forEach(record -> executor.submit(() -> processes.stop(record, STOP)));
    }
  }
}

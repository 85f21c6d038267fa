package dev.confab.localstack.launcher;

import dev.confab.localstack.process.Part;
import dev.confab.localstack.process.Processes;
import dev.confab.localstack.process.StackFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Starts parts side by side and tells how each one fares. */
final class Startup {
  private final Processes processes;
  private final Terminal terminal;

  Startup(Processes processes, Terminal terminal) {
    this.processes = processes;
    this.terminal = terminal;
  }

  /**
   * Starts what does not run yet and returns once all are ready.
   *
   * @throws StackFailure the first one, after every part was tried
   */
  void start(List<? extends Part> parts) {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> starts = new ArrayList<>();
      parts.forEach(part -> starts.add(executor.submit(() -> startOne(part))));
      StackFailure first = null;
      for (Future<?> start : starts) {
        StackFailure failure = failureOf(start);
        first = first == null ? failure : first;
      }
      if (first != null) {
        throw first;
      }
    }
  }

  private void startOne(Part part) {
    long begin = System.nanoTime();
    boolean present = processes.running(part.name()).isPresent();
    processes.start(part);
    double seconds = (System.nanoTime() - begin) / 1e9;
    if (present) {
      terminal.line("  %-14s runs           %s".formatted(part.name(), part.url()));
    } else {
      terminal.line("  %-14s ready %5.1f s   %s".formatted(part.name(), seconds, part.url()));
    }
  }

  private static StackFailure failureOf(Future<?> start) {
    try {
      start.get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause() instanceof StackFailure failure
          ? failure
          : new StackFailure("Unexpected: " + e.getCause(), "please report it", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new StackFailure("Interrupted", "start again", e);
    }
  }
}

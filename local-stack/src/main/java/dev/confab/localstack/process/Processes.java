package dev.confab.localstack.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts and ends the processes of one suite. */
public final class Processes {
  private static final Duration POLL = Duration.ofMillis(25);
  private static final long MAX_LOG_BYTES = 20_000_000;

  private final Home home;
  private final RunFolder run;

  public Processes(Home home) {
    this.home = home;
    this.run = new RunFolder(home);
  }

  public Home home() {
    return home;
  }

  /** The running process of a part, if any. */
  public Optional<ProcessRecord> running(String name) {
    return run.get(name).filter(ProcessTable::runs);
  }

  /** Every process of this suite that runs now. */
  public List<ProcessRecord> running() {
    return run.all().stream().filter(ProcessTable::runs).toList();
  }

  /**
   * Starts a part unless it runs already, and waits until it is ready.
   *
   * @throws StackFailure when a port is taken, the process ends, or it does not become ready
   */
  public ProcessRecord start(Part part) {
    Optional<ProcessRecord> present = running(part.name());
    if (present.isPresent()) {
      return awaitReady(part, present.get());
    }
    part.prepare();
    requireFreePorts(part);
    return awaitReady(part, launch(part));
  }

  /** Ends the process of that name if it is ours and runs; hard when it does not go by itself. */
  public void stop(ProcessRecord record, Duration within) {
    ProcessTable.find(record)
        .ifPresent(
            handle -> {
              handle.destroy();
              if (!awaitEnd(record, within)) {
                handle.destroyForcibly();
                awaitEnd(record, Duration.ofSeconds(5));
              }
            });
    run.remove(record.name());
  }

  private ProcessRecord launch(Part part) {
    try {
      Process process = builder(part).start();
      process.getOutputStream().close();
      ProcessRecord record =
          new ProcessRecord(
              part.name(),
              process.pid(),
              ProcessTable.startedAtMillis(process.toHandle()),
              part.marker(),
              part.ports().getFirst());
      run.put(record);
      return record;
    } catch (IOException e) {
      throw new StackFailure("Cannot start " + part.name(), e.getMessage(), e);
    }
  }

  private ProcessBuilder builder(Part part) throws IOException {
    File log = freshLog(part.name()).toFile();
    ProcessBuilder builder = new ProcessBuilder(detached(part.command()));
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(key -> !Inherited.isPassedOn(key));
    // The C library keeps memory per thread otherwise, which many-threaded processes pay for.
    environment.put("MALLOC_ARENA_MAX", "2");
    environment.putAll(part.environment());
    return builder
        .directory(home.path().toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
  }

  /** A session of its own: neither Ctrl-C nor a closed terminal reaches it, only the launcher. */
  private static List<String> detached(List<String> command) {
    List<String> all = new ArrayList<>();
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      all.add("/usr/bin/setsid");
    } else {
      all.addAll(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
    }
    all.addAll(command);
    return all;
  }

  private Path freshLog(String name) throws IOException {
    Path log = home.log(name);
    if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
      Path old = log.resolveSibling(name + ".log.1");
      Files.move(log, old, StandardCopyOption.REPLACE_EXISTING);
    }
    return log;
  }

  /**
   * Looks whether the ports of a part are free.
   *
   * @throws StackFailure naming the one that is not, and the setting that moves it
   */
  public static void requireFreePorts(Part part) {
    for (int port : part.ports()) {
      if (!Ports.isFree(port)) {
        throw new StackFailure(
            "Port %d, which %s needs, is taken by another program".formatted(port, part.name()),
            "end that program, or set another port with " + part.portSetting());
      }
    }
  }

  private ProcessRecord awaitReady(Part part, ProcessRecord record) {
    Instant end = Instant.now().plus(part.readyWithin());
    while (!part.ready()) {
      if (!ProcessTable.runs(record)) {
        throw new StackFailure(
            part.name() + " ended at once" + lastWords(part.name()), seeLog(part));
      }
      if (Instant.now().isAfter(end)) {
        throw new StackFailure(
            "%s was not ready within %d s".formatted(part.name(), part.readyWithin().toSeconds()),
            seeLog(part));
      }
      pause(part.askEvery());
    }
    return record;
  }

  private String seeLog(Part part) {
    return "see " + home.log(part.name());
  }

  private String lastWords(String name) {
    try {
      List<String> lines = Files.readAllLines(home.log(name));
      return lines.isEmpty() ? "" : " (" + lines.getLast().strip() + ")";
    } catch (IOException e) {
      return "";
    }
  }

  private static boolean awaitEnd(ProcessRecord record, Duration within) {
    Instant end = Instant.now().plus(within);
    while (ProcessTable.runs(record)) {
      if (Instant.now().isAfter(end)) {
        return false;
      }
      pause(POLL);
    }
    return true;
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailure("Interrupted", "start again", e);
    }
  }
}

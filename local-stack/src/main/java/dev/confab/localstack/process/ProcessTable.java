package dev.confab.localstack.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** What the operating system says of processes. */
public final class ProcessTable {
  /** Start times are compared with this slack: the boot time they are counted from can jitter. */
  private static final long START_SLACK_MILLIS = 3_000;

  private static final Path PROC = Path.of("/proc");

  private ProcessTable() {}

  /** Whether the recorded process still runs: same pid, start time and command line. */
  public static boolean runs(ProcessRecord record) {
    return find(record).isPresent();
  }

  /** The recorded process, if it still runs and is the same one. */
  public static Optional<ProcessHandle> find(ProcessRecord record) {
    return ProcessHandle.of(record.pid())
        .filter(ProcessHandle::isAlive)
        .filter(handle -> !isZombie(handle.pid()))
        .filter(handle -> startedWhen(handle, record.startedAtMillis()))
        .filter(handle -> isMarked(handle, record.marker()));
  }

  /** Start time of a process in epoch milliseconds, 0 where the system does not tell. */
  public static long startedAtMillis(ProcessHandle handle) {
    return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** Resident memory in MiB, 0 where the system does not tell. */
  public static long residentMb(long pid) {
    return procFile(pid, "status")
        .flatMap(s -> s.lines().filter(l -> l.startsWith("VmRSS:")).findFirst())
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .orElseGet(() -> residentByPs(pid));
  }

  /** A dead child that nobody has reaped yet answers signal 0, so the state has to be looked at. */
  private static boolean isZombie(long pid) {
    return procFile(pid, "stat")
        .map(stat -> stat.substring(stat.lastIndexOf(')') + 1).strip())
        .map(rest -> rest.startsWith("Z") || rest.startsWith("X"))
        .orElse(false);
  }

  /** While a process turns into another program its command line is empty for a moment. */
  private static boolean isMarked(ProcessHandle handle, String marker) {
    String commandLine = commandLine(handle).orElse("");
    return commandLine.isBlank() || commandLine.contains(marker);
  }

  private static boolean startedWhen(ProcessHandle handle, long millis) {
    long actual = startedAtMillis(handle);
    return actual == 0 || millis == 0 || Math.abs(actual - millis) <= START_SLACK_MILLIS;
  }

  private static Optional<String> commandLine(ProcessHandle handle) {
    Optional<String> full = procFile(handle.pid(), "cmdline").map(s -> s.replace('\0', ' '));
    return full.isPresent() ? full : handle.info().commandLine();
  }

  private static Optional<String> procFile(long pid, String name) {
    try {
      Path file = PROC.resolve(Long.toString(pid)).resolve(name);
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static long residentByPs(long pid) {
    try {
      Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
      String out = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return out.isEmpty() ? 0 : Long.parseLong(out) / 1024;
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }
}

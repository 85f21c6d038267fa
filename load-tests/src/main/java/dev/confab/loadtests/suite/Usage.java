package dev.confab.loadtests.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What processes used so far, read from {@code /proc}; nothing where there is none. */
public final class Usage {
  /** The name under which this process is listed. */
  public static final String GENERATOR = "generator";

  private static final double TICKS_PER_SECOND = 100;

  private final Map<String, Double> cpuSeconds = new LinkedHashMap<>();
  private final Map<String, Long> residentKb = new LinkedHashMap<>();

  private Usage() {}

  /**
   * What a process cost between two looks.
   *
   * @param residentKb at the second look
   * @param grownKb since the first
   */
  public record Cost(
      String name, boolean service, double cpuSeconds, long residentKb, long grownKb) {}

  /** A look at every process of the suite, and at this one. */
  public static Usage now(RunningSuite suite) {
    Usage usage = new Usage();
    suite.parts().forEach(part -> usage.look(part.name(), part.pid()));
    usage.look(GENERATOR, ProcessHandle.current().pid());
    return usage;
  }

  /** A process and its children: a database server works in them. */
  private void look(String name, long pid) {
    try {
      double cpu = cpuOf(pid);
      long resident = kilobytes(pid, "VmRSS:");
      for (long child : childrenOf(pid)) {
        try {
          // Memory that they share is counted with their parent.
          resident += kilobytes(child, "RssAnon:");
          cpu += cpuOf(child);
        } catch (IOException e) {
          // It ended between the two looks.
          continue;
        }
      }
      cpuSeconds.put(name, cpu);
      residentKb.put(name, resident);
    } catch (IOException e) {
      cpuSeconds.remove(name);
      residentKb.remove(name);
    }
  }

  private static List<Long> childrenOf(long pid) {
    return ProcessHandle.of(pid)
        .map(process -> process.descendants().map(ProcessHandle::pid).toList())
        .orElse(List.of());
  }

  private static double cpuOf(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    // The command's name may hold spaces; it ends with the last parenthesis.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  private static long kilobytes(long pid, String what) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith(what))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  /** What was used from {@code before} to this look. */
  public List<Cost> since(Usage before, RunningSuite suite) {
    List<Cost> costs = new ArrayList<>();
    for (String name : cpuSeconds.keySet()) {
      Double earlier = before.cpuSeconds.get(name);
      if (earlier != null && residentKb.containsKey(name)) {
        boolean service =
            suite.parts().stream().anyMatch(part -> part.name().equals(name) && part.service());
        long resident = residentKb.get(name);
        long grown = resident - before.residentKb.getOrDefault(name, resident);
        costs.add(new Cost(name, service, cpuSeconds.get(name) - earlier, resident, grown));
      }
    }
    return costs;
  }
}

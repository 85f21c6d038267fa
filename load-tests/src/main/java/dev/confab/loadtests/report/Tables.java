package dev.confab.loadtests.report;

import dev.confab.loadtests.measure.Deliveries;
import dev.confab.loadtests.suite.Usage;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** Results for people. */
public final class Tables {
  private final PrintStream out;

  public Tables(PrintStream out) {
    this.out = out;
  }

  /** One scenario's results. */
  public void print(Result result) {
    line("");
    line("%s  %s  (%.1f s)", result.scenario(), result.options(), result.seconds());
    Deliveries.Counts counts = result.deliveries();
    if (counts != null) {
      line(
          "  sent %,d  delivered %,d  lost %,d  repeated %,d  out of order %,d  errors %,d",
          counts.sent(),
          counts.delivered(),
          counts.lost(),
          counts.repeated(),
          counts.outOfOrder(),
          counts.errors());
    }
    if (!result.latencies().isEmpty()) {
      line("  %-32s %9s %9s %9s %9s %9s %9s", "ms", "count", "p50", "p90", "p99", "p99.9", "max");
      result
          .latencies()
          .forEach(
              (name, l) ->
                  line(
                      "  %-32s %9d %9.2f %9.2f %9.2f %9.2f %9.2f",
                      name, l.count(), l.p50(), l.p90(), l.p99(), l.p999(), l.max()));
    }
    result.figures().forEach((name, value) -> line("  %-48s %,14.2f", name, value));
    line("  %-16s %12s %10s %12s %12s", "process", "CPU s", "% of core", "MiB", "grown KiB");
    for (Usage.Cost cost : result.costs()) {
      line(
          "  %-16s %12.2f %10.1f %12.1f %12d",
          cost.name(),
          cost.cpuSeconds(),
          result.seconds() > 0 ? 100 * cost.cpuSeconds() / result.seconds() : 0,
          cost.residentKb() / 1024.0,
          cost.grownKb());
    }
  }

  /** This run beside an earlier one. */
  public void compare(Run earlier, Run now) {
    Map<String, Double> before = earlier.numbers();
    line("");
    line("compared with the run of %s", earlier.startedAt());
    line("  %-64s %12s %12s %9s", "", "then", "now", "change");
    now.numbers()
        .forEach(
            (name, value) -> {
              Double then = before.get(name);
              if (then != null) {
                double change = then == 0 ? 0 : 100 * (value - then) / then;
                line("  %-64s %12.2f %12.2f %+8.1f%%", name, then, value, change);
              }
            });
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}

package dev.confab.loadtests.report;

import dev.confab.loadtests.measure.Deliveries;
import dev.confab.loadtests.suite.Usage;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results for people. */
public final class Tables {
  private static final double MICROS = 1e6;

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
    if (!result.costs().isEmpty()) {
      costs(result);
    }
  }

  private void costs(Result result) {
    Result.Work work = result.work();
    String perCause = work == null ? "" : "µs/" + work.cause();
    String perEffect = work == null || work.effect() == null ? "" : "µs/" + work.effect();
    line(
        "  %-16s %10s %10s %14s %12s %10s %10s",
        "process", "CPU s", "% of core", perCause, perEffect, "MiB", "grown KiB");
    for (Usage.Cost cost : result.costs()) {
      line(
          "  %-16s %10.2f %10.1f %14s %12s %10.1f %10d",
          cost.name(),
          cost.cpuSeconds(),
          result.seconds() > 0 ? 100 * cost.cpuSeconds() / result.seconds() : 0,
          perCause.isEmpty() ? "" : micros(cost.cpuSeconds(), work.causes()),
          perEffect.isEmpty() ? "" : micros(cost.cpuSeconds(), work.effects()),
          cost.residentKb() / 1024.0,
          cost.grownKb());
    }
  }

  private static String micros(double seconds, long units) {
    return units == 0 ? "-" : String.format(Locale.ROOT, "%.1f", MICROS * seconds / units);
  }

  /** What a scenario that was repeated showed: nothing for a single result. */
  public void spread(String scenario, List<Result> results) {
    if (results.size() < 2) {
      return;
    }
    line("");
    line("%s, %d times", scenario, results.size());
    line("  %-52s %12s %12s %12s %8s", "", "min", "median", "max", "spread");
    Run.spreads(results)
        .forEach(
            (name, spread) ->
                line(
                    "  %-52s %12.2f %12.2f %12.2f %7.1f%%",
                    name, spread.min(), spread.median(), spread.max(), spread.percent()));
  }

  /** This run beside an earlier one; medians where there are several results. */
  public void compare(Run earlier, Run now) {
    line("");
    line("compared with the run of %s", earlier.startedAt());
    Map<String, List<Result>> before = earlier.byScenario();
    now.byScenario()
        .forEach(
            (scenario, results) -> {
              if (before.containsKey(scenario)) {
                compare(scenario, before.get(scenario), results);
              }
            });
  }

  private void compare(String scenario, List<Result> then, List<Result> now) {
    line("");
    boolean same = then.getFirst().options().equals(now.getFirst().options());
    line(
        "%s, %d and %d times%s",
        scenario,
        then.size(),
        now.size(),
        same ? "" : ", with other options: " + then.getFirst().options());
    line("  %-52s %12s %12s %9s", "", "then", "now", "change");
    Map<String, Spread> before = Run.spreads(then);
    Run.spreads(now)
        .forEach(
            (name, value) -> {
              Spread earlier = before.get(name);
              if (earlier != null) {
                line(
                    "  %-52s %12.2f %12.2f %+8.1f%%  %s",
                    name,
                    earlier.median(),
                    value.median(),
                    Spread.change(earlier, value),
                    Spread.verdict(earlier, value));
              }
            });
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}

package dev.confab.loadtests.scenario;

import dev.confab.loadtests.measure.Latency;
import dev.confab.loadtests.report.Result;
import java.util.LinkedHashMap;
import java.util.Map;

/** The highest rate of deliveries that holds with a bounded p99: doubles, then halves the gap. */
public final class Top implements Scenario {
  private static final int HALVINGS = 3;

  @Override
  public String name() {
    return "top";
  }

  @Override
  public Result run(World world, Options options) {
    double bound = options.decimal("p99", 250);
    double rate = options.decimal("from", 100);
    Result best = null;
    double failed = 0;
    while (failed == 0) {
      Result step = step(world, options, rate);
      if (holds(step, bound)) {
        best = step;
        rate *= 2;
      } else {
        failed = rate;
      }
    }
    double held = best == null ? 0 : failed / 2;
    for (int i = 0; i < HALVINGS && best != null; i++) {
      double middle = (held + failed) / 2;
      Result step = step(world, options, middle);
      if (holds(step, bound)) {
        best = step;
        held = middle;
      } else {
        failed = middle;
      }
    }
    if (best == null) {
      throw new IllegalStateException("not even the first rate holds; try a lower --from");
    }
    return named(best, held, options);
  }

  private static Result step(World world, Options options, double rate) {
    Result result =
        new FanOut("top", 50, 20, rate, 10).run(world, options.with("rate", Double.toString(rate)));
    System.out.printf(
        "  %.0f messages/s: %.0f deliveries/s, p99 %.1f ms, lost %d%n",
        rate,
        result.figures().get("deliveries per second"),
        p99(result),
        result.deliveries().lost());
    return result;
  }

  private static double p99(Result result) {
    return result.latencies().values().stream()
        .mapToDouble(Latency.Summary::p99)
        .max()
        .orElse(Double.MAX_VALUE);
  }

  private static boolean holds(Result result, double bound) {
    return p99(result) <= bound && result.deliveries().lost() == 0;
  }

  private Result named(Result best, double rate, Options options) {
    Map<String, Double> figures = new LinkedHashMap<>(best.figures());
    figures.put("highest messages per second that held", rate);
    return new Result(
        name(),
        options.used(),
        best.seconds(),
        best.deliveries(),
        best.latencies(),
        figures,
        best.costs());
  }
}

package dev.confab.loadtests.scenario;

import dev.confab.loadtests.report.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The highest rate of deliveries that holds: p99 within a bound, nothing lost, and at least {@value
 * #KEPT_UP} of what was intended delivered in time. Doubles, then halves the gap until it is fine.
 */
public final class Top implements Scenario {
  /** The part of the intended deliveries per second that has to come. */
  static final double KEPT_UP = 0.98;

  /** The last two rates differ by this part at most. */
  private static final double FINE = 0.1;

  @Override
  public String name() {
    return "top";
  }

  @Override
  public Result run(World world, Options options) {
    Climb climb = new Climb(world, options);
    try {
      return climb.result();
    } finally {
      climb.close();
    }
  }

  /** Whether a step's figures hold. */
  static boolean holds(double p99, double bound, long lost, double perSecond, double intended) {
    return p99 <= bound && lost == 0 && perSecond >= KEPT_UP * intended;
  }

  private static final class Climb {
    private final World world;
    private final Options options;
    private final double bound;
    private final double seconds;
    private final List<Result.Step> steps = new ArrayList<>();
    private RoomLoad load;
    private RoomLoad.Outcome best;
    private double held;
    private double failed;

    Climb(World world, Options options) {
      this.world = world;
      this.options = options;
      this.bound = options.decimal("p99", 250);
      this.seconds = options.decimal("seconds", 10);
    }

    Result result() {
      double from = options.decimal("from", 100);
      double warmUp = options.decimal("warmup", 30);
      open();
      load.warmUp(from / 2, warmUp);
      for (double rate = from; failed == 0; rate *= 2) {
        step(rate);
      }
      if (best == null) {
        throw new IllegalStateException("not even the first rate holds; try a lower --from");
      }
      while (failed - held > FINE * held) {
        step((held + failed) / 2);
      }
      return told();
    }

    private void step(double rate) {
      open();
      RoomLoad.Outcome outcome = load.measure(rate, seconds);
      double p99 = outcome.latency().p99();
      long lost = outcome.counts().lost();
      boolean holds = holds(p99, bound, lost, outcome.perSecond(), rate * load.size());
      steps.add(new Result.Step(rate, outcome.perSecond(), p99, holds));
      System.out.printf(
          "  %.0f messages/s: %.0f of %.0f deliveries/s, p99 %.1f ms, lost %d: %s%n",
          rate,
          outcome.perSecond(),
          rate * load.size(),
          p99,
          lost,
          holds ? "holds" : "does not hold");
      if (holds) {
        held = rate;
        best = outcome;
      } else {
        failed = rate;
        // What is left of an overload would be counted against the next rate.
        close();
      }
    }

    private void open() {
      if (load == null) {
        load = new RoomLoad(world, options, 50, 20);
      }
    }

    void close() {
      if (load != null) {
        load.close();
        load = null;
      }
    }

    private Result told() {
      Map<String, Double> figures = new LinkedHashMap<>(best.figures());
      figures.put("highest messages per second that held", held);
      return new Result(
          "top",
          options.used(),
          best.seconds(),
          best.counts(),
          Map.of(FanOut.LATENCY, best.latency()),
          figures,
          best.costs(),
          best.work(),
          steps);
    }
  }
}

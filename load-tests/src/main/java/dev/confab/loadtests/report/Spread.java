package dev.confab.loadtests.report;

import java.util.List;

/**
 * A figure over several runs.
 *
 * @param runs that gave a value; with none, all else is not a number
 */
public record Spread(int runs, double min, double median, double max) {

  /** Over values, of which those that are not a number count as not given. */
  public static Spread of(List<Double> values) {
    double[] sorted =
        values.stream()
            .mapToDouble(Double::doubleValue)
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    int count = sorted.length;
    if (count == 0) {
      return new Spread(0, Double.NaN, Double.NaN, Double.NaN);
    }
    double median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    return new Spread(count, sorted[0], median, sorted[count - 1]);
  }

  /** From the lowest to the highest, in percent of the median. */
  public double percent() {
    if (max == min) {
      return 0;
    }
    return 100 * (max - min) / Math.abs(median);
  }

  /** What a median did from one set of runs to another, in percent. */
  public static double change(Spread then, Spread now) {
    if (then.median == now.median) {
      return 0;
    }
    return 100 * (now.median - then.median) / Math.abs(then.median);
  }

  /** Whether a change says more than that the runs differ anyway. */
  public static Verdict verdict(Spread then, Spread now) {
    if (then.runs < 2 && now.runs < 2) {
      return Verdict.SPREAD_UNKNOWN;
    }
    double spread = Math.max(spreadOr0(then), spreadOr0(now));
    return Math.abs(change(then, now)) <= spread ? Verdict.WITHIN_SPREAD : Verdict.BEYOND_SPREAD;
  }

  private static double spreadOr0(Spread spread) {
    return spread.runs < 2 ? 0 : spread.percent();
  }

  /** What is to be made of a change. */
  public enum Verdict {
    /** The runs of one side differ by as much. */
    WITHIN_SPREAD("within spread"),
    /** It is larger than what the runs of either side differ by. */
    BEYOND_SPREAD("beyond spread"),
    /** Neither side has more than one run. */
    SPREAD_UNKNOWN("spread unknown");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }
}

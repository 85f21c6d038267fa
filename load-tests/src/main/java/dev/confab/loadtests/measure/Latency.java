package dev.confab.loadtests.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.Recorder;

/** Latencies in microseconds, up to two minutes, to three digits. Thread-safe. */
public final class Latency {
  private static final int TICKS_PER_HALF = 4;
  private static final long MAX_US = TimeUnit.MINUTES.toMicros(2);

  private final Recorder recorder = new Recorder(MAX_US, 3);
  private final Histogram whole = new Histogram(MAX_US, 3);

  /** Clock skew below zero counts as zero, what is too long as the longest. */
  public void record(long microseconds) {
    recorder.recordValue(Math.clamp(microseconds, 0, MAX_US));
  }

  /** Forgets what was recorded before: it was for warming up. */
  public synchronized void reset() {
    recorder.reset();
    whole.reset();
  }

  /** All so far. */
  public synchronized Summary summary() {
    whole.add(recorder.getIntervalHistogram());
    return new Summary(
        whole.getTotalCount(),
        ms(whole.getValueAtPercentile(50)),
        ms(whole.getValueAtPercentile(90)),
        ms(whole.getValueAtPercentile(99)),
        ms(whole.getValueAtPercentile(99.9)),
        ms(whole.getMaxValue()),
        curve());
  }

  private List<Point> curve() {
    List<Point> points = new ArrayList<>();
    for (HistogramIterationValue value : whole.percentiles(TICKS_PER_HALF)) {
      points.add(new Point(value.getPercentileLevelIteratedTo(), ms(value.getValueIteratedTo())));
    }
    return points;
  }

  private static double ms(long microseconds) {
    return microseconds / 1000.0;
  }

  /** A percentile, 0 to 100, and its milliseconds. */
  public record Point(double percentile, double ms) {}

  /**
   * Percentiles in milliseconds.
   *
   * @param curve from the lowest percentile to the highest; empty where it was not kept
   */
  public record Summary(
      long count, double p50, double p90, double p99, double p999, double max, List<Point> curve) {
    public Summary {
      curve = curve == null ? List.of() : List.copyOf(curve);
    }
  }
}

package dev.confab.loadtests.measure;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Latencies in microseconds, up to two minutes, to three digits. Thread-safe. */
public final class Latency {
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
        ms(whole.getMaxValue()));
  }

  private static double ms(long microseconds) {
    return microseconds / 1000.0;
  }

  /** Percentiles in milliseconds. */
  public record Summary(long count, double p50, double p90, double p99, double p999, double max) {}
}

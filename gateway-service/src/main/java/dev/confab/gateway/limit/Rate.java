package dev.confab.gateway.limit;

import java.time.Duration;

/**
 * So many events in so much time; a rested meter allows all of them at once.
 *
 * @param count at least 1
 * @param periodNanos at least {@code count}
 */
public record Rate(int count, long periodNanos) {
  /** Checks that the rate is one. */
  public Rate {
    if (count < 1 || periodNanos < count) {
      throw new IllegalArgumentException("a rate needs a positive count and period");
    }
  }

  /** So many in so much time. */
  public static Rate of(int count, Duration period) {
    return new Rate(count, period.toNanos());
  }

  private long intervalNanos() {
    return periodNanos / count;
  }

  /**
   * How much of a rate was used, as one number: the time at which it will be rested (the generic
   * cell rate algorithm). Thread-safe.
   */
  public static final class Meter {
    private long restedAt;

    /** A rested one. */
    public Meter(long now) {
      restedAt = now;
    }

    /**
     * Takes one event.
     *
     * @param now in {@link System#nanoTime()}
     * @return 0 if it was allowed, else nanoseconds to wait
     */
    public synchronized long take(Rate rate, long now) {
      long base = restedAt - now > 0 ? restedAt : now;
      long wait = base + rate.intervalNanos() - now - rate.periodNanos();
      if (wait > 0) {
        return wait;
      }
      restedAt = base + rate.intervalNanos();
      return 0;
    }

    /** Whether all events are allowed again. */
    public synchronized boolean isRested(long now) {
      return restedAt - now <= 0;
    }
  }
}

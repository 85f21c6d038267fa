package dev.confab.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;

/** One rate for many, each with a meter of their own; bounded. Thread-safe. */
final class Meters {
  private final Rate rate;
  private final Cache<String, Rate.Meter> meters;

  /**
   * Makes meters.
   *
   * @param most meters kept; above it those longest unused are forgotten
   */
  Meters(int count, Duration period, int most) {
    this.rate = Rate.of(count, period);
    // A meter that was left alone for a period is rested: nothing is lost with it.
    this.meters = Caffeine.newBuilder().maximumSize(most).expireAfterAccess(period).build();
  }

  /**
   * Takes one event.
   *
   * @param whose null is nobody's, and unlimited
   * @param now in {@link System#nanoTime()}
   * @return 0 if it was allowed, else nanoseconds to wait
   */
  long take(String whose, long now) {
    return whose == null ? 0 : meters.get(whose, key -> new Rate.Meter(now)).take(rate, now);
  }
}

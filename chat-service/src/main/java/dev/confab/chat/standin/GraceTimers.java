package dev.confab.chat.standin;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/**
 * When the grace of turns that this replica kept is over, so that an idle one need not look often.
 * Forgotten timers do no harm: turns are found by the next look in any case.
 */
@ApplicationScoped
class GraceTimers {
  private static final int MAX_TIMERS = 10_000;

  private record Timer(long atNanos) implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(atNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  private final DelayQueue<Timer> timers = new DelayQueue<>();

  void set(Duration delay) {
    if (timers.size() < MAX_TIMERS) {
      timers.add(new Timer(System.nanoTime() + delay.toNanos()));
    }
  }

  /** Waits for the next timer, or as long as given; what is over by then is done with. */
  void await(Duration most) throws InterruptedException {
    Timer over = timers.poll(most.toMillis(), TimeUnit.MILLISECONDS);
    while (over != null) {
      over = timers.poll();
    }
  }
}

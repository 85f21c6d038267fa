package dev.confab.loadtests.measure;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/** Open-loop pace: each step has its time, whether or not the ones before it are done. */
public final class Pace {
  private static final long SPIN_NANOS = 50_000;

  private Pace() {}

  /**
   * Takes steps at a constant rate from now on, and returns after the last.
   *
   * @param perSecond steps per second
   * @param step takes the intended time, a reading of {@link System#nanoTime()}
   */
  public static void run(double perSecond, double seconds, LongConsumer step) {
    long start = System.nanoTime();
    double interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
    long steps = Math.round(perSecond * seconds);
    for (long i = 0; i < steps; i++) {
      long due = start + Math.round(i * interval);
      await(due);
      step.accept(due);
    }
  }

  private static void await(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      if (left > SPIN_NANOS) {
        LockSupport.parkNanos(left - SPIN_NANOS);
      } else {
        Thread.onSpinWait();
      }
    }
  }
}

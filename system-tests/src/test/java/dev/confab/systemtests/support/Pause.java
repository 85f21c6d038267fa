package dev.confab.systemtests.support;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The time that people take between two things they do. */
final class Pause {
  private static final long STEP_MILLIS = 50;

  private Pause() {}

  /** Lets a random time pass. */
  static void between(Random random, int fromMillis, int toMillis) {
    of(Duration.ofMillis(fromMillis + random.nextInt(toMillis - fromMillis)));
  }

  /** Lets this time pass. */
  static void of(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(STEP_MILLIS));
    }
  }
}

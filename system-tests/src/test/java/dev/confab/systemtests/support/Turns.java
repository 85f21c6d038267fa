package dev.confab.systemtests.support;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** How often all visitors together may still say something; handed out in portions. */
final class Turns {
  private final AtomicInteger left;
  private final AtomicInteger withheld;
  private final Semaphore given = new Semaphore(0);
  private final int portion;

  Turns(int all, int portions) {
    this.left = new AtomicInteger(all);
    this.withheld = new AtomicInteger(all);
    this.portion = Math.ceilDiv(all, portions);
  }

  /** Gives out the next portion. */
  void give() {
    int size = Math.min(portion, withheld.get());
    withheld.addAndGet(-size);
    given.release(size);
  }

  /** Waits for a turn; false if there will be none any more. */
  boolean take() {
    if (left.getAndDecrement() <= 0) {
      return false;
    }
    given.acquireUninterruptibly();
    return true;
  }

  /** Lets nobody wait any more: the run has failed. */
  void end() {
    left.set(0);
    given.release(withheld.getAndSet(0));
  }

  /** How many are not yet given out. */
  int notGiven() {
    return withheld.get();
  }
}

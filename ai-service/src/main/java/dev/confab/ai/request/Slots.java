package dev.confab.ai.request;

import java.util.concurrent.atomic.AtomicInteger;

/** How many more replies may begin. Thread-safe. */
final class Slots {
  private final int bound;
  private final AtomicInteger taken = new AtomicInteger();

  Slots(int bound) {
    this.bound = bound;
  }

  boolean isFull() {
    return taken.get() >= bound;
  }

  void take() {
    taken.incrementAndGet();
  }

  void release() {
    taken.decrementAndGet();
  }
}

package dev.confab.gateway.fanout;

import java.util.concurrent.atomic.AtomicInteger;

/** What any thread may know of a conversation that a connection joined or is joining. */
final class Membership {
  final AtomicInteger waitingSteps = new AtomicInteger();
  volatile boolean shown;

  /** Whether a step may run at once, overtaking none. */
  boolean isOpen() {
    return shown && waitingSteps.get() == 0;
  }
}

package dev.confab.loadtests.measure;

import java.util.concurrent.atomic.LongAdder;

/** Messages and what became of them. Thread-safe. */
public final class Deliveries {
  private final LongAdder sent = new LongAdder();
  private final LongAdder expected = new LongAdder();
  private final LongAdder delivered = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder outOfOrder = new LongAdder();
  private final LongAdder errors = new LongAdder();

  /** A message went out to so many readers. */
  public void sent(int readers) {
    sent.increment();
    expected.add(readers);
  }

  public void received(Received.Kind kind) {
    switch (kind) {
      case IN_ORDER -> delivered.increment();
      case REPEATED -> repeated.increment();
      case OUT_OF_ORDER -> {
        delivered.increment();
        outOfOrder.increment();
      }
    }
  }

  public void error() {
    errors.increment();
  }

  public boolean isComplete() {
    return delivered.sum() >= expected.sum();
  }

  public Counts counts() {
    long missing = expected.sum() - delivered.sum();
    return new Counts(
        sent.sum(), delivered.sum(), missing, repeated.sum(), outOfOrder.sum(), errors.sum());
  }

  /**
   * Totals.
   *
   * @param sent messages
   * @param delivered messages times readers
   * @param lost deliveries that did not come
   */
  public record Counts(
      long sent, long delivered, long lost, long repeated, long outOfOrder, long errors) {

    /** What came after an earlier look; what is lost by now stays lost, whenever it was sent. */
    public Counts since(Counts before) {
      return new Counts(
          sent - before.sent,
          delivered - before.delivered,
          lost,
          repeated - before.repeated,
          outOfOrder - before.outOfOrder,
          errors - before.errors);
    }
  }
}

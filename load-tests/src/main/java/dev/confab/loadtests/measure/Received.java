package dev.confab.loadtests.measure;

import java.util.BitSet;

/** Which numbered messages one connection saw of one conversation. Not thread-safe. */
public final class Received {
  private final BitSet seen = new BitSet();
  private int last = -1;

  /** What a message was to its reader. */
  public enum Kind {
    /** The next one, or one after it. */
    IN_ORDER,
    /** Seen before. */
    REPEATED,
    /** Not seen before, though a later one was. */
    OUT_OF_ORDER
  }

  /** Notes a number and says what it was. */
  public Kind note(long number) {
    int index = Math.toIntExact(number);
    if (seen.get(index)) {
      return Kind.REPEATED;
    }
    seen.set(index);
    if (index < last) {
      return Kind.OUT_OF_ORDER;
    }
    last = index;
    return Kind.IN_ORDER;
  }

  /** The highest number seen, or -1. */
  public long last() {
    return last;
  }

  /** How many different numbers were seen. */
  public int count() {
    return seen.cardinality();
  }
}

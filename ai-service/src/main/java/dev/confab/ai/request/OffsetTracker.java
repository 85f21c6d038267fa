package dev.confab.ai.request;

import java.util.TreeSet;

/**
 * Which offset of one partition may be committed: all before it are done. Offsets are opened in
 * ascending order and settled in any. Thread-safe.
 */
final class OffsetTracker {
  private final TreeSet<Long> open = new TreeSet<>();
  private long next = -1;
  private long committed = -1;

  /** A record was taken. */
  synchronized void opened(long offset) {
    open.add(offset);
    next = offset + 1;
  }

  /** A record needs no redelivery any more. */
  synchronized void settled(long offset) {
    open.remove(offset);
  }

  /** The offset to commit, or -1 if it did not move since the last call. */
  synchronized long advance() {
    long position = open.isEmpty() ? next : open.first();
    if (position <= committed) {
      return -1;
    }
    committed = position;
    return position;
  }

  /** The last commit failed: the position is due again. */
  synchronized void commitFailed() {
    committed = -1;
  }
}

package dev.confab.ai.reply;

/**
 * Text of a reply between the LLM and the stream: counts its UTF-16 units, hands out what is
 * pending, never splits a surrogate pair, and replaces what no reader could store (lone surrogates,
 * NUL) by U+FFFD. Not thread-safe.
 */
final class ReplyText {
  private static final char REPLACEMENT = '\uFFFD';

  private final StringBuilder pending = new StringBuilder();
  private final int maxLength;
  private int taken;
  private char heldHigh;

  /**
   * @param start length of what earlier attempts said
   * @param maxLength UTF-16 units the whole reply may have
   */
  ReplyText(int start, int maxLength) {
    this.taken = start;
    this.maxLength = maxLength;
  }

  /** Adds the next characters; what goes beyond the longest length is dropped. */
  void append(String text) {
    for (int i = 0; i < text.length(); i++) {
      append(text.charAt(i));
    }
  }

  private void append(char next) {
    if (heldHigh != 0) {
      char high = heldHigh;
      heldHigh = 0;
      if (Character.isLowSurrogate(next)) {
        if (room() >= 2) {
          pending.append(high).append(next);
        }
        return;
      }
      put(REPLACEMENT);
    }
    if (Character.isHighSurrogate(next)) {
      heldHigh = next;
    } else if (Character.isLowSurrogate(next) || next == 0) {
      put(REPLACEMENT);
    } else {
      put(next);
    }
  }

  private void put(char next) {
    if (room() >= 1) {
      pending.append(next);
    }
  }

  private int room() {
    return maxLength - taken - pending.length();
  }

  /** No more follows: half a pair that waits for its other half is replaced. */
  void finish() {
    if (heldHigh != 0) {
      heldHigh = 0;
      put(REPLACEMENT);
    }
  }

  /** Whether no further text fits. A pair needs two units, so one left over counts as full. */
  boolean isFull() {
    return room() < 2;
  }

  boolean hasPending() {
    return !pending.isEmpty();
  }

  /** Where the pending text starts in the whole reply. */
  int offset() {
    return taken;
  }

  /** Length of the whole reply, pending text included. */
  int length() {
    return taken + pending.length();
  }

  /** Takes at most {@code limit} (≥ 2) units of what is pending. */
  String take(int limit) {
    int end = Math.min(limit, pending.length());
    if (end < pending.length() && Character.isHighSurrogate(pending.charAt(end - 1))) {
      end--;
    }
    String text = pending.substring(0, end);
    pending.delete(0, end);
    taken += end;
    return text;
  }
}

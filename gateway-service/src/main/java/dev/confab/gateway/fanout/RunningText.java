package dev.confab.gateway.fanout;

import java.util.TreeMap;

/**
 * The text of one reply as this replica has it: contiguous from the first character, with what came
 * too early kept aside. Applying pieces in any order, repeated or overlapping, gives the one text.
 */
final class RunningText {
  /** UTF-16 units kept aside for one reply; beyond it the cache is asked instead. */
  static final int EARLY_LIMIT = 64 * 1024;

  private final String messageId;
  private final StringBuilder text = new StringBuilder();
  private final TreeMap<Integer, String> early = new TreeMap<>();
  private int earlyLength;
  private int told;

  RunningText(String messageId) {
    this.messageId = messageId;
  }

  String messageId() {
    return messageId;
  }

  int length() {
    return text.length();
  }

  /** How much of the text has left to live connections. */
  int told() {
    return told;
  }

  /** The first characters, as many as asked for. */
  String textBefore(int offset) {
    return text.substring(0, offset);
  }

  /** What has left to live connections, which one that joins now has to be told first. */
  String toldText() {
    return text.substring(0, told);
  }

  /** What has not left yet; it counts as told from now on. */
  String takeUntold() {
    var untold = text.substring(told);
    told = text.length();
    return untold;
  }

  /** Takes a piece: known characters are skipped, one that comes too early is kept aside. */
  void take(int offset, String piece) {
    if (offset > text.length()) {
      keepAside(offset, piece);
      return;
    }
    append(offset, piece);
    while (!early.isEmpty() && early.firstKey() <= text.length()) {
      var next = early.pollFirstEntry();
      earlyLength -= next.getValue().length();
      append(next.getKey(), next.getValue());
    }
  }

  /** Whether something waits for characters that have not come in. */
  boolean hasHole() {
    return !early.isEmpty();
  }

  private void append(int offset, String piece) {
    int known = text.length() - offset;
    if (known < piece.length()) {
      text.append(piece, known, piece.length());
    }
  }

  private void keepAside(int offset, String piece) {
    var there = early.get(offset);
    if (there != null && there.length() >= piece.length()) {
      return;
    }
    int growth = piece.length() - (there == null ? 0 : there.length());
    if (earlyLength + growth <= EARLY_LIMIT) {
      early.put(offset, piece);
      earlyLength += growth;
    } else if (early.isEmpty()) {
      // One oversized piece still marks that there is a hole to be filled from the cache.
      early.put(offset, "");
    }
  }
}

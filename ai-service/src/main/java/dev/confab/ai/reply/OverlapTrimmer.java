package dev.confab.ai.reply;

/**
 * Drops what a model repeats when it continues a reply: either the whole text so far from its first
 * character, or at least {@value #MIN_OVERLAP} characters of its tail. Text is held back only while
 * it still may be such a repetition. Not thread-safe.
 */
final class OverlapTrimmer {
  /** Shorter repetitions may be chance: the end of one word and the beginning of another. */
  static final int MIN_OVERLAP = 12;

  /** As much of the tail is compared. */
  static final int TAIL = 256;

  /** A longer text is not looked at for a repetition from its beginning. */
  static final int MAX_RESTART = 8192;

  private final String soFar;
  private final String tail;
  private final StringBuilder held = new StringBuilder();
  private boolean open;

  OverlapTrimmer(String soFar) {
    this.soFar = soFar;
    this.tail = soFar.substring(Math.max(0, soFar.length() - TAIL));
    this.open = soFar.isEmpty();
  }

  /** Takes the model's next characters and returns those that are new; empty while in doubt. */
  String accept(String text) {
    if (open) {
      return text;
    }
    held.append(text);
    if (mayBeRestart() || mayBeTail()) {
      return "";
    }
    return release();
  }

  /** The model has no more to say: returns what was held back in vain. */
  String finish() {
    return open ? "" : release();
  }

  private boolean mayBeRestart() {
    return soFar.length() <= MAX_RESTART
        && held.length() < soFar.length()
        && soFar.startsWith(held.toString());
  }

  /** Whether some suffix of the tail, long enough to count, begins with what was said. */
  private boolean mayBeTail() {
    String said = held.toString();
    int last = tail.length() - Math.max(MIN_OVERLAP, said.length() + 1);
    int at = tail.indexOf(said);
    return at >= 0 && at <= last;
  }

  private String release() {
    open = true;
    String said = held.toString();
    held.setLength(0);
    return said.substring(repeated(said));
  }

  private int repeated(String said) {
    if (soFar.length() <= MAX_RESTART && said.startsWith(soFar)) {
      return soFar.length();
    }
    for (int length = Math.min(tail.length(), said.length()); length >= MIN_OVERLAP; length--) {
      if (tail.regionMatches(tail.length() - length, said, 0, length)) {
        return length;
      }
    }
    return 0;
  }
}

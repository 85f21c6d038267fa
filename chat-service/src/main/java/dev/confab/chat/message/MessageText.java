package dev.confab.chat.message;

/** What PostgreSQL can keep of a text, and how much of it a list shows. */
public final class MessageText {
  private static final int PREVIEW_CHARS = 120;
  private static final char REPLACEMENT = '\uFFFD';

  private MessageText() {}

  /**
   * The text with what no UTF-8 text column can hold (NUL, half a surrogate pair) replaced, unit by
   * unit, so that its length stays.
   */
  public static String storable(String text) {
    if (text == null || isStorable(text)) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text);
    for (int i = 0; i < clean.length(); i++) {
      if (isPairAt(clean, i)) {
        i++;
      } else if (clean.charAt(i) == 0 || Character.isSurrogate(clean.charAt(i))) {
        clean.setCharAt(i, REPLACEMENT);
      }
    }
    return clean.toString();
  }

  private static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit == 0 || Character.isSurrogate(unit)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPairAt(CharSequence text, int i) {
    return i + 1 < text.length()
        && Character.isHighSurrogate(text.charAt(i))
        && Character.isLowSurrogate(text.charAt(i + 1));
  }

  /** The first characters, on one line; a surrogate pair is never split. */
  public static String preview(String text) {
    if (text == null) {
      return null;
    }
    int end = Math.min(text.length(), PREVIEW_CHARS);
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end).replaceAll("\\s+", " ").strip();
  }
}

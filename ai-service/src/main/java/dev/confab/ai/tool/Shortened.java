package dev.confab.ai.tool;

/** Texts of bounded length. */
public final class Shortened {
  private Shortened() {}

  /** The text, or its beginning and an ellipsis; no surrogate pair is split. */
  public static String to(int maxChars, String text) {
    if (text.length() <= maxChars) {
      return text;
    }
    int end = maxChars - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}

package dev.confab.chat.room;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What a reaction may be: one emoji, as people see it. */
public final class Emoji {
  /** The longest that Unicode recommends has 35. */
  private static final int MAX_UTF8_BYTES = 40;

  private static final String ELEMENT =
      "[\\p{IsEmoji}&&[^0-9#*\\x{1F1E6}-\\x{1F1FF}]&&[^\\p{IsEmoji_Modifier}]]"
          + "\\x{FE0F}?\\p{IsEmoji_Modifier}?[\\x{E0020}-\\x{E007F}]*";

  /** A flag, a key, or pictures joined to one. */
  private static final Pattern ONE =
      Pattern.compile(
          "[\\x{1F1E6}-\\x{1F1FF}]{2}|[0-9#*]\\x{FE0F}?\\x{20E3}|"
              + ELEMENT
              + "(?:\\x{200D}"
              + ELEMENT
              + ")*");

  private Emoji() {}

  /** Whether a text is one emoji. */
  public static boolean isOne(String text) {
    return text != null
        && text.length() <= MAX_UTF8_BYTES
        && text.getBytes(StandardCharsets.UTF_8).length <= MAX_UTF8_BYTES
        && ONE.matcher(text).matches();
  }
}

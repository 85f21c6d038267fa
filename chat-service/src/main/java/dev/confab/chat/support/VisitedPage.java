package dev.confab.chat.support;

import dev.confab.chat.message.MessageText;
import java.util.regex.Pattern;

/**
 * The page that a visitor looks at.
 *
 * @param url its address, or null
 * @param title null for none
 */
public record VisitedPage(String url, String title) {
  private static final int MAX_URL_CHARS = 2_000;
  private static final int MAX_TITLE_CHARS = 300;

  /** Operators follow it as a link, so it is nothing else. */
  private static final Pattern LINK = Pattern.compile("https?://[^\\s\\p{Cntrl}\"'<>]+");

  /** The same as it may be stored; what is no address of a page is left out. */
  VisitedPage checked() {
    boolean isLink = url != null && url.length() <= MAX_URL_CHARS && LINK.matcher(url).matches();
    return new VisitedPage(isLink ? MessageText.storable(url) : null, shortened(title));
  }

  private static String shortened(String title) {
    if (title == null || title.isBlank()) {
      return null;
    }
    String stripped = title.strip();
    return MessageText.storable(
        stripped.substring(0, Math.min(stripped.length(), MAX_TITLE_CHARS)));
  }
}

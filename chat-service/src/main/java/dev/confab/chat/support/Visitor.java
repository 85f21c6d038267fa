package dev.confab.chat.support;

import dev.confab.chat.message.MessageText;
import dev.confab.chat.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a visitor's browser says of them.
 *
 * @param name what they call themselves, or null
 * @param page the address of the page they look at, or null
 * @param title that page's title, or null
 * @param key by which the browser is known again, or null; only its digest is kept
 */
public record Visitor(String name, String page, String title, String key) {
  /** Nothing is known of them. */
  static final Visitor UNKNOWN = new Visitor(null, null, null, null);

  private static final int MAX_NAME_CHARS = 80;
  private static final int MIN_KEY_CHARS = 16;
  private static final int MAX_KEY_CHARS = 200;

  /** The same as it may be stored. */
  Visitor checked() {
    if (name != null && name.length() > MAX_NAME_CHARS) {
      throw ProblemException.invalid("name", "At most " + MAX_NAME_CHARS + " characters.");
    }
    if (key != null && (key.length() < MIN_KEY_CHARS || key.length() > MAX_KEY_CHARS)) {
      throw ProblemException.invalid(
          "key", "From %d to %d characters.".formatted(MIN_KEY_CHARS, MAX_KEY_CHARS));
    }
    String named = name == null || name.isBlank() ? null : MessageText.storable(name.strip());
    VisitedPage visited = new VisitedPage(page, title).checked();
    return new Visitor(named, visited.url(), visited.title(), key);
  }

  /** The digest by which a browser is known again, or null. */
  byte[] keyDigest() {
    if (key == null) {
      return null;
    }
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Never shows the key. */
  @Override
  public String toString() {
    return "Visitor[]";
  }
}

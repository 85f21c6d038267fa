package dev.confab.chat.support;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The web origins that may open dialogs of a site: {@code https://example.org} exactly, {@code
 * https://*.example.org} for what lies below it (not itself), {@code http://localhost:*} for any
 * port, and {@code *} for all.
 *
 * @param allowed in canonical form
 */
public record Origins(List<String> allowed) {
  /** Whoever asks is let in. */
  public static final Origins ANY = new Origins(List.of("*"));

  private static final String ALL = "*";
  private static final String ANY_PORT = ":*";
  private static final String BELOW = "://*.";
  private static final int MAX_CHARS = 200;
  private static final Pattern FORM =
      Pattern.compile(
          "(https?)://((?:\\*\\.)?[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?|\\[[0-9a-f:.]+])"
              + "(:(?:\\*|[0-9]{1,5}))?");

  /** The canonical form of what an administrator wrote, empty if it is no origin. */
  public static Optional<String> canonical(String text) {
    String plain = text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
    if (plain.endsWith("/")) {
      plain = plain.substring(0, plain.length() - 1);
    }
    boolean known =
        ALL.equals(plain) || plain.length() <= MAX_CHARS && FORM.matcher(plain).matches();
    return known ? Optional.of(withoutDefaultPort(plain)) : Optional.empty();
  }

  private static String withoutDefaultPort(String origin) {
    boolean isDefault =
        origin.startsWith("https:") && origin.endsWith(":443")
            || origin.startsWith("http:") && origin.endsWith(":80");
    return isDefault ? origin.substring(0, origin.lastIndexOf(':')) : origin;
  }

  /**
   * Whether a request may come from there.
   *
   * @param origin its {@code Origin} header, null where it is no browser's
   */
  public boolean allow(String origin) {
    if (origin == null || allowed.contains(ALL)) {
      return true;
    }
    // A browser sends the canonical form; "null" (a sandboxed page) is none.
    String asked = withoutDefaultPort(origin.toLowerCase(Locale.ROOT));
    return FORM.matcher(asked).matches()
        && !asked.contains("*")
        && allowed.stream().anyMatch(pattern -> matches(pattern, asked));
  }

  private static boolean matches(String pattern, String origin) {
    if (pattern.endsWith(ANY_PORT)) {
      int port = origin.lastIndexOf(':');
      boolean hasPort = port > origin.indexOf("://") && port > origin.lastIndexOf(']');
      String portless = hasPort ? origin.substring(0, port) : origin;
      return matches(pattern.substring(0, pattern.length() - ANY_PORT.length()), portless);
    }
    int wildcard = pattern.indexOf(BELOW);
    if (wildcard < 0) {
      return pattern.equals(origin);
    }
    String scheme = pattern.substring(0, wildcard + 3);
    String suffix = pattern.substring(wildcard + BELOW.length() - 1);
    return origin.startsWith(scheme)
        && origin.endsWith(suffix)
        && origin.length() > scheme.length() + suffix.length();
  }
}

package dev.confab.gateway.proxy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Lets only paths through that every server along the way reads alike. So what is routed here by
 * its prefix is nothing else for the service behind it, however it was spelled.
 */
public final class PathGuard {
  private static final String INTERNAL = "internal";
  private static final Pattern INVITATION =
      Pattern.compile("(/invitations/)[^/]+", Pattern.CASE_INSENSITIVE);

  private PathGuard() {}

  /**
   * Whether a path may be routed: absolute, without empty, dot or parameter segments, without
   * encoded separators, dots or percent signs, and not below {@code /internal}.
   *
   * @param rawPath as sent, without the query
   */
  public static boolean allows(String rawPath) {
    if (rawPath == null || !rawPath.startsWith("/") || rawPath.contains("//")) {
      return false;
    }
    String path = decode(rawPath);
    return path != null && !hasStrangeSegment(path) && !isInternal(path);
  }

  /** A path as logs may show it: the token of an invitation is a secret. */
  static String loggable(String path) {
    return path == null ? "-" : INVITATION.matcher(path).replaceAll("$1***");
  }

  private static boolean hasStrangeSegment(String path) {
    for (String segment : path.substring(1).split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        return true;
      }
    }
    return path.chars().anyMatch(c -> c == '\\' || c == ';' || c == '%' || c < ' ' || c == 0x7f);
  }

  private static boolean isInternal(String path) {
    String first = path.substring(1).split("/", 2)[0].strip();
    return first.toLowerCase(Locale.ROOT).startsWith(INTERNAL);
  }

  /** Decodes once; null if an escape is broken, or hides what must be visible. */
  private static String decode(String rawPath) {
    if (rawPath.indexOf('%') < 0) {
      return rawPath;
    }
    byte[] bytes = new byte[rawPath.length() * 4];
    int length = 0;
    for (int i = 0; i < rawPath.length(); i++) {
      char c = rawPath.charAt(i);
      int value = c;
      if (c == '%') {
        value = escaped(rawPath, i);
        if (value < 0 || isStructural(value)) {
          return null;
        }
        i += 2;
      } else if (c > 0x7f) {
        return null;
      }
      bytes[length++] = (byte) value;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static int escaped(String path, int at) {
    if (at + 2 >= path.length()) {
      return -1;
    }
    int high = Character.digit(path.charAt(at + 1), 16);
    int low = Character.digit(path.charAt(at + 2), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static boolean isStructural(int c) {
    return c == '/' || c == '\\' || c == '.' || c == '%' || c == ';' || c < ' ' || c == 0x7f;
  }
}

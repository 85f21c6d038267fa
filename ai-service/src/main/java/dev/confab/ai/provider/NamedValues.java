package dev.confab.ai.provider;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code name=value} pairs as people write them in one variable. */
public final class NamedValues {
  private NamedValues() {}

  /**
   * @param text pairs, comma-separated; a name may hold anything but a comma and {@code =}
   * @throws IllegalArgumentException if one is no pair
   */
  public static Map<String, String> parse(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : text.split(",")) {
      if (!pair.isBlank()) {
        int equals = pair.indexOf('=');
        if (equals < 1 || pair.substring(equals + 1).isBlank()) {
          throw new IllegalArgumentException("'" + pair.strip() + "' is not name=value");
        }
        values.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
      }
    }
    return values;
  }
}

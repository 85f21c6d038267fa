package dev.confab.ai.provider;

import java.net.URI;
import java.util.Arrays;
import java.util.List;

/** Reads base URLs as people write them. */
final class BaseUrl {
  private BaseUrl() {}

  /**
   * @param text one or more URLs, comma-separated
   * @return them without a trailing slash; one without a path gets {@code /v1}
   * @throws IllegalArgumentException if one is no http(s) URL
   */
  static List<String> parse(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(url -> !url.isEmpty())
        .map(BaseUrl::normalise)
        .distinct()
        .toList();
  }

  private static String normalise(String url) {
    URI uri = URI.create(url);
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null) {
      throw new IllegalArgumentException("an LLM base URL must be http(s)://host[:port][/path]");
    }
    String bare = url.replaceAll("/+$", "");
    return URI.create(bare).getPath().isEmpty() ? bare + "/v1" : bare;
  }
}

package dev.confab.auth.token;

import dev.confab.auth.AuthConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Who may get service tokens, with the digests of their secrets. */
@ApplicationScoped
class ServiceClients {
  private final Map<String, byte[]> digests;

  ServiceClients(AuthConfig config) {
    digests = parse(config.serviceClients().orElse(""));
  }

  /**
   * Reads {@code id=secret,id=secret}.
   *
   * @throws IllegalArgumentException if an entry has no id or no secret; it is not quoted
   */
  static Map<String, byte[]> parse(String list) {
    return Arrays.stream(list.split(","))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .map(ServiceClients::entry)
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Map.Entry<String, byte[]> entry(String entry) {
    int separator = entry.indexOf('=');
    if (separator < 1 || separator == entry.length() - 1) {
      throw new IllegalArgumentException("confab.auth.service-clients: each entry is id=secret");
    }
    return Map.entry(entry.substring(0, separator), Sha256.of(entry.substring(separator + 1)));
  }

  boolean knows(String id, String secret) {
    var expected = digests.get(id);
    return expected != null && MessageDigest.isEqual(expected, Sha256.of(secret));
  }
}

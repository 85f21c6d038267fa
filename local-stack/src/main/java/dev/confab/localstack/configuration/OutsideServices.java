package dev.confab.localstack.configuration;

import java.util.Optional;

/**
 * Backing services that run elsewhere; what is empty is started here.
 *
 * @param redis {@code redis://host:port}
 * @param kafka bootstrap servers
 */
public record OutsideServices(
    Optional<OutsidePostgres> postgres, Optional<String> redis, Optional<String> kafka) {
  private static final String USUAL_REDIS_PORT = "6379";

  public static OutsideServices of(Settings settings) {
    return new OutsideServices(
        OutsidePostgres.of(settings), redis(settings), settings.text("CONFAB_KAFKA"));
  }

  private static Optional<String> redis(Settings settings) {
    Optional<String> own = settings.text("CONFAB_REDIS");
    if (own.isPresent()) {
      return own.map(url -> url.contains("://") ? url : "redis://" + url);
    }
    String port = settings.text("REDIS_PORT").orElse(USUAL_REDIS_PORT);
    return settings.text("REDIS_HOST").map(host -> "redis://" + host + ":" + port);
  }
}

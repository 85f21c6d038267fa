package dev.confab.localstack.configuration;

import dev.confab.localstack.process.StackFailure;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Backing services that run elsewhere; what is empty is started here.
 *
 * @param redis {@code redis://host:port}
 * @param kafka bootstrap servers
 */
public record OutsideServices(
    Optional<OutsidePostgres> postgres, Optional<String> redis, Optional<String> kafka) {
  /**
   * One of them, for people.
   *
   * @param setting the variable that names it
   */
  public record Address(String name, String setting, String host, int port) {}

  private static final String USUAL_REDIS_PORT = "6379";

  public static OutsideServices of(Settings settings) {
    return new OutsideServices(
        OutsidePostgres.of(settings), redis(settings), settings.text("CONFAB_KAFKA"));
  }

  /** Where those that are outside answer. */
  public List<Address> addresses() {
    List<Address> addresses = new ArrayList<>();
    postgres.ifPresent(
        server ->
            addresses.add(
                new Address("postgres", "CONFAB_POSTGRES_URL", server.host(), server.port())));
    redis.ifPresent(url -> addresses.add(address("redis", "CONFAB_REDIS", url)));
    kafka.ifPresent(
        servers ->
            addresses.add(address("kafka", "CONFAB_KAFKA", "kafka://" + servers.split(",")[0])));
    return addresses;
  }

  private static Address address(String name, String setting, String url) {
    try {
      URI uri = URI.create(url.strip());
      if (uri.getHost() != null && uri.getPort() > 0) {
        return new Address(name, setting, uri.getHost(), uri.getPort());
      }
    } catch (IllegalArgumentException e) {
      // Told below, like an address without a port.
    }
    throw new StackFailure(setting + " is not understood", "write host:port");
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

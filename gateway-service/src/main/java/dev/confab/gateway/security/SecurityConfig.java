package dev.confab.gateway.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How tokens are checked and whose pages may open sockets. */
@ConfigMapping(prefix = "confab.security")
public interface SecurityConfig {
  /** Base URL of auth-service; its keys are at {@code /.well-known/jwks.json}. */
  @WithDefault("${CONFAB_AUTH_URL:http://localhost:8081}")
  URI authUrl();

  /** Kafka bootstrap servers, for the topic of revoked sessions. */
  @WithDefault("${CONFAB_KAFKA:localhost:9092}")
  String kafka();

  /** The {@code iss} claim a token must have. */
  @WithDefault("confab")
  String issuer();

  /** How long to wait for auth-service's keys. */
  @WithDefault("3s")
  Duration keysTimeout();

  /** Unknown key ids ask auth-service again at most this often. */
  @WithDefault("5s")
  Duration keysMinInterval();

  /** Keys are read again this often, so that withdrawn ones are forgotten. */
  @WithDefault("10m")
  Duration keysMaxAge();

  /** Verified tokens remembered, so that a client's next request costs no signature check. */
  @WithDefault("10000")
  int verifiedTokens();

  /**
   * Origins whose pages may open sockets, as {@code https://host[:port]}. Absent: any, because a
   * socket is authenticated by a token that a foreign page does not have, never by a cookie.
   */
  Optional<List<String>> allowedOrigins();
}

package dev.confab.gateway.proxy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Where requests of the public origin go on to. */
@ConfigMapping(prefix = "confab.proxy")
public interface ProxyConfig {
  /** Base URLs of auth-service. */
  @WithDefault("${CONFAB_AUTH_URL:http://localhost:8081}")
  List<URI> authUrls();

  /** Base URLs of chat-service; taken in turn, the next one when connecting fails. */
  @WithDefault("${CONFAB_CHAT_URLS:http://localhost:8082}")
  List<URI> chatUrls();

  /** Base URLs of ai-service, of which the public origin shows no more than its description. */
  @WithDefault("${CONFAB_AI_URLS:http://localhost:8083}")
  List<URI> aiUrls();

  /** Bytes a request's body may have. */
  @WithDefault("1048576")
  long maxBodyBytes();

  /** How long connecting may take. */
  @WithDefault("1s")
  Duration connectTimeout();

  /** How long a service may be silent before its request is given up. */
  @WithDefault("60s")
  Duration idleTimeout();

  /** For how long a service that could not be connected to is asked last. */
  @WithDefault("2s")
  Duration cooldown();

  /** How long requests under way may take once the replica is told to stop. */
  @WithDefault("3s")
  Duration drain();

  /** Connections kept to each URL. */
  @WithDefault("64")
  int poolSize();

  /** Requests that may wait for a connection to each URL. */
  @WithDefault("512")
  int maxWaiting();

  /**
   * Whether {@code X-Forwarded-*} of the request is passed on and extended, because a trusted proxy
   * stands in front; otherwise it is replaced.
   */
  @WithDefault("false")
  boolean trustForwarded();
}

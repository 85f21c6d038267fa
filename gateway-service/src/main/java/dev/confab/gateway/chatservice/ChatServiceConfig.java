package dev.confab.gateway.chatservice;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Where chat-service is and how the gateway proves who it is. */
@ConfigMapping(prefix = "confab.chat-service")
public interface ChatServiceConfig {
  /** Base URLs of chat-service; tried in turn, the next one on failure. */
  @WithDefault("${CONFAB_CHAT_URLS:http://localhost:8082}")
  List<URI> urls();

  /** Base URL of auth-service, which issues service tokens. */
  @WithDefault("${CONFAB_AUTH_URL:http://localhost:8081}")
  URI authUrl();

  /** Client id for service tokens. */
  @WithDefault("${CONFAB_CLIENT_ID:gateway}")
  String clientId();

  /** Client secret for service tokens; never logged. */
  @WithDefault("${CONFAB_CLIENT_SECRET:-}")
  String clientSecret();

  /** How long one call may take before the next URL is tried. */
  @WithDefault("3s")
  Duration timeout();

  /** How long connecting may take before the next URL is tried. */
  @WithDefault("500ms")
  Duration connectTimeout();

  /** Connections kept to each URL. */
  @WithDefault("64")
  int poolSize();
}

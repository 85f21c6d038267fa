package dev.confab.gateway.security;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose pages may open sockets. Without a configured list every page may: sockets are authenticated
 * by a token that a foreign page cannot have, never by a cookie. With one, requests from other
 * pages are refused; clients that are no browsers send no origin and are not concerned.
 */
@ApplicationScoped
public class OriginPolicy {
  private final Optional<Set<String>> allowed;

  OriginPolicy(SecurityConfig config) {
    this.allowed = config.allowedOrigins().map(OriginPolicy::normalized);
  }

  /**
   * Whether a page may open a socket here.
   *
   * @param origin the {@code Origin} header, or null
   * @param host the request's own {@code host[:port]}, whose pages always may
   */
  public boolean allows(String origin, String host) {
    if (origin == null || allowed.isEmpty()) {
      return true;
    }
    return allowed.get().contains(origin.toLowerCase(Locale.ROOT)) || isSameHost(origin, host);
  }

  /** The origin of a page that is not ours; null without one. */
  public static String foreign(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    String host = request.authority() == null ? null : request.authority().toString();
    return origin == null || isSameHost(origin, host) ? null : origin;
  }

  /**
   * Whether a page came from the host that it asks.
   *
   * @param host the request's own {@code host[:port]}, or null
   */
  private static boolean isSameHost(String origin, String host) {
    try {
      return host != null && host.equalsIgnoreCase(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Set<String> normalized(List<String> origins) {
    return origins.stream().map(o -> o.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }
}

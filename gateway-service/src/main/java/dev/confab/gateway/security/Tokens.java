package dev.confab.gateway.security;

import dev.confab.gateway.json.Json;
import io.vertx.core.http.HttpServerRequest;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Where requests carry their token. */
public final class Tokens {
  private static final String BEARER = "bearer ";
  private static final String TOKEN = "token ";
  private static final String SUBPROTOCOL = "bearer.";

  private Tokens() {}

  /**
   * What a token claims of itself, unverified.
   *
   * @param sid its session, or null
   * @param groups its roles, or null
   * @param conversationId the one conversation a visitor's token is good for, or null
   */
  public record Claims(String sid, List<String> groups, String conversationId) {
    /** Whether it claims to be a visitor's. */
    public boolean isVisitors() {
      return groups != null && groups.contains(Identity.VISITOR);
    }
  }

  /**
   * The token of a socket's upgrade request: its {@code Authorization} header, else a subprotocol
   * {@code bearer.<jwt>}, else the query parameter {@code token}.
   */
  public static Optional<String> ofUpgrade(HttpServerRequest request) {
    return ofHeader(request.getHeader("Authorization"))
        .or(() -> ofSubprotocols(request.headers().getAll("Sec-WebSocket-Protocol")))
        .or(() -> Optional.ofNullable(request.getParam("token")));
  }

  /** The same for dialects, which may also say {@code Authorization: Token}. */
  public static Optional<String> ofDialectUpgrade(HttpServerRequest request) {
    return ofScheme(TOKEN, request.getHeader("Authorization")).or(() -> ofUpgrade(request));
  }

  /** The token of an {@code Authorization: Bearer} header. */
  public static Optional<String> ofHeader(String authorization) {
    return ofScheme(BEARER, authorization);
  }

  /** The token of an {@code Authorization} header, {@code Bearer} or {@code Token}. */
  public static Optional<String> ofDialectHeader(String authorization) {
    return ofScheme(TOKEN, authorization).or(() -> ofHeader(authorization));
  }

  private static Optional<String> ofScheme(String scheme, String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, scheme, 0, scheme.length())) {
      return Optional.empty();
    }
    return Optional.of(authorization.substring(scheme.length()).strip());
  }

  /** Whether an offered subprotocol is none, but carries a token. */
  public static boolean isTokenSubprotocol(String name) {
    return name.startsWith(SUBPROTOCOL);
  }

  private static Optional<String> ofSubprotocols(Iterable<String> headers) {
    for (String header : headers) {
      for (String offered : header.split(",")) {
        String name = offered.strip();
        if (isTokenSubprotocol(name)) {
          return Optional.of(name.substring(SUBPROTOCOL.length()));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * What a token claims, without looking at its signature: good only for refusing what such a token
   * may not do, never for trusting one.
   */
  public static Optional<Claims> claims(String token) {
    String[] parts = token.split("\\.", 4);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      byte[] payload = Base64.getUrlDecoder().decode(parts[1]);
      return Optional.ofNullable(Json.read(payload, Claims.class));
    } catch (IllegalArgumentException | UncheckedIOException e) {
      return Optional.empty();
    }
  }
}

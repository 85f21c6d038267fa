package dev.confab.gateway.connection;

import dev.confab.gateway.security.OriginPolicy;
import dev.confab.gateway.security.TokenVerdict;
import dev.confab.gateway.security.TokenVerifier;
import dev.confab.gateway.security.Tokens;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides whether a socket may open: room, origin, and what its token is worth. */
@ApplicationScoped
class UpgradeGate implements HttpUpgradeCheck {
  static final TypedKey<Handshake> HANDSHAKE = new TypedKey<>("confab.handshake");

  private static final String EXTENSIONS = "Sec-WebSocket-Extensions";
  private static final String SUBPROTOCOLS = "Sec-WebSocket-Protocol";
  private static final Set<String> NEEDED =
      Set.of(
          "connection",
          "host",
          "upgrade",
          "sec-websocket-key",
          "sec-websocket-protocol",
          "sec-websocket-version");
  private static final int FORBIDDEN = 403;
  private static final int UPGRADE_REQUIRED = 426;
  private static final int UNAVAILABLE = 503;

  /**
   * What the upgrade request settled.
   *
   * @param channel the transport beneath the socket
   * @param compresses whether permessage-deflate was agreed on
   * @param verdict on the token it carried, if it carried one
   */
  record Handshake(Channel channel, boolean compresses, Optional<TokenVerdict> verdict) {}

  private final ConnectionConfig config;
  private final Connections connections;
  private final OriginPolicy origins;
  private final TokenVerifier tokens;

  UpgradeGate(
      ConnectionConfig config,
      Connections connections,
      OriginPolicy origins,
      TokenVerifier tokens) {
    this.config = config;
    this.connections = connections;
    this.origins = origins;
    this.tokens = tokens;
  }

  @Override
  public Uni<CheckResult> perform(HttpUpgradeContext context) {
    HttpServerRequest request = context.httpRequest();
    if (connections.isFull()) {
      return CheckResult.rejectUpgrade(UNAVAILABLE, Map.of("Retry-After", List.of(retryAfter())));
    }
    String host = request.authority() == null ? null : request.authority().toString();
    if (!origins.allows(request.getHeader("Origin"), host)) {
      return CheckResult.rejectUpgrade(FORBIDDEN);
    }
    if (!(request.connection() instanceof ConnectionBase transport)) {
      return CheckResult.rejectUpgrade(UPGRADE_REQUIRED);
    }
    Channel channel = transport.channel();
    boolean compresses = negotiateCompression(request, channel);
    Optional<String> token = Tokens.ofUpgrade(request);
    keepNothing(request.headers());
    return verdictOn(token)
        .map(
            verdict -> {
              context.userData().put(HANDSHAKE, new Handshake(channel, compresses, verdict));
              return permit(compresses);
            });
  }

  private String retryAfter() {
    return Long.toString(Math.max(1, config.limits().retryAfter().toSeconds()));
  }

  private boolean negotiateCompression(HttpServerRequest request, Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    if (pipeline.get("webSocketExtensionHandler") != null) {
      // Vert.x's own negotiation would compress every frame, with a compressor per socket.
      pipeline.remove("webSocketExtensionHandler");
    }
    boolean accepted =
        config.outbound().compression()
            && Compression.accepts(request.headers().getAll(EXTENSIONS));
    if (accepted) {
      pipeline.addBefore(
          "handler", "inflater", Compression.decoder(config.limits().maxFrameBytes()));
    }
    return accepted;
  }

  /** A socket keeps its request's headers for life: only what the handshake still needs stays. */
  private static void keepNothing(MultiMap headers) {
    if (headers.contains(SUBPROTOCOLS)) {
      headers.set(SUBPROTOCOLS, withoutTokens(headers.getAll(SUBPROTOCOLS)));
    }
    for (String name : List.copyOf(headers.names())) {
      if (!NEEDED.contains(name.toLowerCase(Locale.ROOT))) {
        headers.remove(name);
      }
    }
  }

  private static String withoutTokens(List<String> offers) {
    return offers.stream()
        .flatMap(offer -> Arrays.stream(offer.split(",")))
        .map(String::strip)
        .filter(name -> !Tokens.isTokenSubprotocol(name))
        .collect(Collectors.joining(", "));
  }

  private Uni<Optional<TokenVerdict>> verdictOn(Optional<String> token) {
    if (token.isEmpty()) {
      return Uni.createFrom().item(Optional.empty());
    }
    Context context = Vertx.currentContext();
    return Uni.createFrom()
        .completionStage(
            () ->
                Future.fromCompletionStage(tokens.verify(token.get()), context)
                    .<Optional<TokenVerdict>>map(Optional::of)
                    .toCompletionStage());
  }

  private static CheckResult permit(boolean compresses) {
    Map<String, List<String>> headers = new HashMap<>();
    if (compresses) {
      headers.put(EXTENSIONS, List.of(Compression.RESPONSE));
    }
    return CheckResult.permitUpgradeSync(headers);
  }
}

package dev.confab.gateway.connection;

import dev.confab.gateway.dialog.Visitors;
import dev.confab.gateway.limit.VisitorLimits;
import dev.confab.gateway.security.Identity;
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
import io.vertx.core.Promise;
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

/**
 * Decides whether a socket may open: room, origin, and what its token is worth. A dialect's socket
 * also gets its seat here, since such a client is told no more than the answer to its upgrade.
 */
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
  private static final Map<String, List<String>> CHALLENGE =
      Map.of("WWW-Authenticate", List.of("Bearer"));
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 429;
  private static final int UPGRADE_REQUIRED = 426;
  private static final int UNAVAILABLE = 503;

  /**
   * What the upgrade request settled.
   *
   * @param channel the transport beneath the socket
   * @param compresses whether permessage-deflate was agreed on
   * @param verdict on the token it carried, if it carried one
   * @param seat where the socket belongs; null in v1, whose frames say that
   */
  record Handshake(
      Channel channel, boolean compresses, Optional<TokenVerdict> verdict, Seat seat) {}

  private final ConnectionConfig config;
  private final Connections connections;
  private final OriginPolicy origins;
  private final TokenVerifier tokens;
  private final Admission admission;
  private final VisitorLimits limits;

  UpgradeGate(
      ConnectionConfig config,
      Connections connections,
      OriginPolicy origins,
      TokenVerifier tokens,
      Admission admission,
      VisitorLimits limits) {
    this.config = config;
    this.connections = connections;
    this.origins = origins;
    this.tokens = tokens;
    this.admission = admission;
    this.limits = limits;
  }

  @Override
  public Uni<CheckResult> perform(HttpUpgradeContext context) {
    HttpServerRequest request = context.httpRequest();
    if (connections.isFull()) {
      return CheckResult.rejectUpgrade(UNAVAILABLE, Map.of("Retry-After", List.of(retryAfter())));
    }
    String host = request.authority() == null ? null : request.authority().toString();
    boolean isWidget = WidgetSocket.ID.equals(context.endpointId());
    // A widget's page is elsewhere: its site says whose pages may show it.
    if (!isWidget && !origins.allows(request.getHeader("Origin"), host)) {
      return CheckResult.rejectUpgrade(FORBIDDEN);
    }
    if (!(request.connection() instanceof ConnectionBase transport)) {
      return CheckResult.rejectUpgrade(UPGRADE_REQUIRED);
    }
    Channel channel = transport.channel();
    boolean compresses = negotiatesCompression(request, channel);
    return switch (context.endpointId()) {
      case ChatSocket.ID -> openV1(context, channel, compresses);
      case WidgetSocket.ID -> openWidget(context, channel, compresses);
      default -> openDialect(context, channel, compresses);
    };
  }

  private Uni<CheckResult> openV1(HttpUpgradeContext context, Channel channel, boolean compresses) {
    Optional<String> token = Tokens.ofUpgrade(context.httpRequest());
    keepNothing(context.httpRequest().headers());
    if (token.isEmpty()) {
      return Uni.createFrom()
          .item(permit(context, new Handshake(channel, compresses, Optional.empty(), null)));
    }
    return uni(verdictOn(token.get()))
        .map(
            verdict ->
                permit(context, new Handshake(channel, compresses, Optional.of(verdict), null)));
  }

  private Uni<CheckResult> openDialect(
      HttpUpgradeContext context, Channel channel, boolean compresses) {
    Optional<String> token = Tokens.ofDialectUpgrade(context.httpRequest());
    keepNothing(context.httpRequest().headers());
    if (token.isEmpty()) {
      return CheckResult.rejectUpgrade(UNAUTHORIZED, CHALLENGE);
    }
    return open(
        context,
        channel,
        compresses,
        verdictOn(token.get()).compose(verdict -> seat(context, verdict)));
  }

  /** A visitor has no account: their dialog's id lets them in, if their page may show it. */
  private Uni<CheckResult> openWidget(
      HttpUpgradeContext context, Channel channel, boolean compresses) {
    HttpServerRequest request = context.httpRequest();
    Optional<String> token =
        Tokens.ofDialectUpgrade(request)
            .or(() -> Optional.ofNullable(request.getParam("visitor_token")));
    Visitors.Wish wish =
        new Visitors.Wish(
            context.pathParam("dialog_id"),
            request.getParam("assistant_id"),
            OriginPolicy.foreign(request),
            token);
    VisitorLimits.Place place = limits.place(request);
    keepNothing(request.headers());
    return open(context, channel, compresses, admission.widget(wish, place, wantsStream(request)));
  }

  private static boolean wantsStream(HttpServerRequest request) {
    return "1".equals(request.getParam("stream"));
  }

  private Uni<CheckResult> open(
      HttpUpgradeContext context, Channel channel, boolean compresses, Future<Seat> seat) {
    return uni(onLoop(Vertx.currentContext(), seat))
        .map(found -> permit(context, new Handshake(channel, compresses, Optional.empty(), found)))
        .onFailure(Admission.Refusal.class)
        .recoverWithItem(failure -> reject(failure.status()));
  }

  /** The socket opens on its own event loop, wherever its seat was found. */
  private static Future<Seat> onLoop(Context loop, Future<Seat> seat) {
    Promise<Seat> there = Promise.promise();
    seat.onComplete(found -> loop.runOnContext(now -> there.handle(found)));
    return there.future();
  }

  private Future<Seat> seat(HttpUpgradeContext context, TokenVerdict verdict) {
    return switch (verdict) {
      case TokenVerdict.Valid(Identity identity) -> seat(context, identity);
      case TokenVerdict.Unverifiable unverifiable -> refused(UNAVAILABLE);
      case TokenVerdict.Expired expired -> refused(UNAUTHORIZED);
      case TokenVerdict.Invalid invalid -> refused(UNAUTHORIZED);
      case TokenVerdict.Revoked revoked -> refused(UNAUTHORIZED);
    };
  }

  private Future<Seat> seat(HttpUpgradeContext context, Identity identity) {
    if (identity.isVisitor()) {
      return refused(FORBIDDEN);
    }
    return switch (context.endpointId()) {
      case SessionSocket.ID -> {
        boolean streams = !"0".equals(context.httpRequest().getParam("stream"));
        yield admission.session(identity, context.pathParam("session_id"), streams);
      }
      case AiChatSocket.ID -> admission.aiChat(identity, context.pathParam("session_id"));
      case PanelSocket.ID ->
          admission.panel(
              identity, context.pathParam("dialog_id"), wantsStream(context.httpRequest()));
      case AiChatListSocket.ID -> admission.sessionList(identity);
      default -> refused(NOT_FOUND);
    };
  }

  private static Future<Seat> refused(int status) {
    return Future.failedFuture(new Admission.Refusal(status));
  }

  private CheckResult reject(int status) {
    return switch (status) {
      case UNAUTHORIZED -> CheckResult.rejectUpgradeSync(status, CHALLENGE);
      case UNAVAILABLE, TOO_MANY ->
          CheckResult.rejectUpgradeSync(status, Map.of("Retry-After", List.of(retryAfter())));
      default -> CheckResult.rejectUpgradeSync(status);
    };
  }

  private String retryAfter() {
    return Long.toString(Math.max(1, config.limits().retryAfter().toSeconds()));
  }

  private boolean negotiatesCompression(HttpServerRequest request, Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    if (pipeline.get("webSocketExtensionHandler") != null) {
      // Vert.x's own negotiation would compress every frame, with a compressor per socket.
      pipeline.remove("webSocketExtensionHandler");
    }
    return config.outbound().compression()
        && Compression.accepts(request.headers().getAll(EXTENSIONS));
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

  private Future<TokenVerdict> verdictOn(String token) {
    return Future.fromCompletionStage(tokens.verify(token), Vertx.currentContext());
  }

  private static <T> Uni<T> uni(Future<T> future) {
    return Uni.createFrom().completionStage(future::toCompletionStage);
  }

  private CheckResult permit(HttpUpgradeContext context, Handshake handshake) {
    context.userData().put(HANDSHAKE, handshake);
    Map<String, List<String>> headers = new HashMap<>();
    if (handshake.compresses()) {
      handshake
          .channel()
          .pipeline()
          .addBefore("handler", "inflater", Compression.decoder(config.limits().maxFrameBytes()));
      headers.put(EXTENSIONS, List.of(Compression.RESPONSE));
    }
    return CheckResult.permitUpgradeSync(headers);
  }
}

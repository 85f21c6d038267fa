package dev.confab.gateway.proxy;

import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.problem.Problem;
import dev.confab.gateway.security.Revocations;
import dev.confab.gateway.security.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.HttpProxy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Routes of the public origin, from the guard at the door to the answer for unknown paths. */
@ApplicationScoped
class PublicOrigin {
  private static final Logger LOG = Logger.getLogger(PublicOrigin.class);
  private static final String SOCKET_PATH = "/api/v1/chat/ws";
  private static final String DIALECT_SOCKETS = "/ws/";
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);
  private static final int FIRST = Integer.MIN_VALUE + 1000;
  private static final int BEFORE_OTHERS = -1000;
  private static final int LAST = Integer.MAX_VALUE;
  private static final int TOO_LARGE = 413;
  private static final int UPGRADE_REQUIRED = 426;
  private static final int SERVER_ERROR = 500;
  private static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private static final String DOCS = "/api/v1/docs";

  /** The Swagger UI starts itself by a script in its page. */
  private static final String DOCS_CONTENT_POLICY =
      "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  /** Signing in must work with a token that no longer does. */
  private static final Set<String> WITHOUT_TOKEN =
      Set.of(
          "/api/v1/auth/login",
          "/api/v1/auth/register",
          "/api/v1/auth/refresh",
          "/api/v1/auth/guest",
          "/.well-known/jwks.json");

  private final ProxyConfig config;
  private final Revocations revocations;
  private final MeterRegistry metrics;
  private final HttpClient client;
  private final AtomicInteger inFlight = new AtomicInteger();

  PublicOrigin(ProxyConfig config, Revocations revocations, MeterRegistry metrics, Vertx vertx) {
    this.config = config;
    this.revocations = revocations;
    this.metrics = metrics;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setMaxWaitQueueSize(config.maxWaiting())
                .setKeepAliveTimeout(20)
                .setDecompressionSupported(false),
            new PoolOptions().setHttp1MaxSize(config.poolSize()));
  }

  void routes(@Observes Router router) {
    router.route().order(FIRST).handler(this::guard).failureHandler(PublicOrigin::failed);
    router.route("/socket.io*").order(BEFORE_OTHERS).handler(PublicOrigin::foreignProtocol);
    HttpProxy auth = proxy("auth-service", config.authUrls());
    HttpProxy chat = proxy("chat-service", config.chatUrls());
    forward(router, auth, "/api/v1/auth", "/api/v1/users", "/api/v1/admin");
    forward(router, auth, "/.well-known/jwks.json");
    forward(router, chat, "/api/v1/conversations", "/api/v1/invitations", "/api/v1/search");
    forward(router, chat, "/api/v1/presence", "/api/v1/support");
    forward(router, chat, "/api/v1/stats", "/api/v1/status");
    forward(router, chat, "/api/v1/assistants", "/api/v1/models");
    router.route().order(LAST).handler(PublicOrigin::unknown).failureHandler(PublicOrigin::failed);
  }

  private HttpProxy proxy(String service, List<URI> urls) {
    Upstream upstream = new Upstream(service, urls, config);
    return HttpProxy.reverseProxy(client)
        .origin(context -> upstream.open(client))
        .addInterceptor(new Forwarding(config, upstream))
        .addInterceptor(new ForwardingMetrics(metrics, service));
  }

  private void forward(Router router, HttpProxy proxy, String... paths) {
    for (String path : paths) {
      router.route(path).order(BEFORE_OTHERS).handler(context -> forward(context, proxy));
      router.route(path + "/*").order(BEFORE_OTHERS).handler(context -> forward(context, proxy));
    }
  }

  private void forward(RoutingContext context, HttpProxy proxy) {
    HttpServerRequest request = context.request();
    Optional<Tokens.Claims> claims =
        WITHOUT_TOKEN.contains(request.path())
            ? Optional.empty()
            : Tokens.ofHeader(request.getHeader("Authorization")).flatMap(Tokens::claims);
    if (claims.map(Tokens.Claims::sid).filter(revocations::isRevoked).isPresent()) {
      Problem.of(ErrorCode.AUTH_REQUIRED, "the session was ended; sign in again")
          .end(context.response().putHeader("WWW-Authenticate", "Bearer"));
      return;
    }
    Optional<Problem> refusal =
        claims.filter(Tokens.Claims::isVisitors).flatMap(own -> VisitorPaths.refusal(request, own));
    if (refusal.isPresent()) {
      refusal.get().end(context.response());
      return;
    }
    inFlight.incrementAndGet();
    context.addEndHandler(end -> inFlight.decrementAndGet());
    proxy.handle(request);
  }

  private void guard(RoutingContext context) {
    HttpServerRequest request = context.request();
    protect(context.response(), request.path());
    if (!PathGuard.allows(request.path())) {
      unknown(context);
    } else if (isSocketPath(request.path()) && request.path().endsWith("/")) {
      // To the dialects' clients a path with a slash at its end is the same.
      String path = request.path().substring(0, request.path().length() - 1);
      context.reroute(request.query() == null ? path : path + '?' + request.query());
    } else if (declaredLength(request) > config.maxBodyBytes()) {
      String detail = "a request's body may have %d bytes".formatted(config.maxBodyBytes());
      Problem.of(TOO_LARGE, ErrorCode.INVALID_VALUE, detail)
          .end(context.response().putHeader("Connection", "close"));
    } else {
      context.next();
    }
  }

  private static boolean isSocketPath(String path) {
    return path.startsWith(DIALECT_SOCKETS) || SOCKET_PATH.equals(path);
  }

  private static long declaredLength(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private static void protect(HttpServerResponse response, String path) {
    boolean isDocs = path.equals(DOCS) || path.startsWith(DOCS + '/');
    response
        .putHeader("Content-Security-Policy", isDocs ? DOCS_CONTENT_POLICY : CONTENT_POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  }

  private static void foreignProtocol(RoutingContext context) {
    String detail = "this is not a Socket.IO server; open a WebSocket at " + SOCKET_PATH;
    Problem.of(ErrorCode.INVALID_VALUE, detail).end(context.response());
  }

  private static void unknown(RoutingContext context) {
    if (isSocketPath(context.request().path())) {
      Problem.of(UPGRADE_REQUIRED, ErrorCode.INVALID_VALUE, "open a WebSocket here")
          .end(context.response().putHeader("Upgrade", "websocket"));
    } else {
      Problem.of(ErrorCode.NOT_FOUND, "there is nothing at this path").end(context.response());
    }
  }

  /** Answers what failed on the way, without the request's query in any log. */
  private static void failed(RoutingContext context) {
    int status = context.statusCode();
    if (status >= SERVER_ERROR || status < 0) {
      // The class alone: a message could hold the query, and with it a token.
      LOG.errorf(
          "event=request_failed method=%s path=%s failure=%s",
          context.request().method(),
          PathGuard.loggable(context.request().path()),
          context.failure() == null ? "-" : context.failure().getClass().getName());
      LOG.debug("request failed", context.failure());
      Problem.of(ErrorCode.INTERNAL, "something went wrong here").end(context.response());
    } else {
      ErrorCode code = status == 404 ? ErrorCode.NOT_FOUND : ErrorCode.INVALID_VALUE;
      Problem.of(status, code, "the request was not understood").end(context.response());
    }
  }

  // After the sockets, whose drain gives most requests the time they need.
  void drain(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
    long end = System.nanoTime() + config.drain().toNanos();
    while (inFlight.get() > 0 && System.nanoTime() - end < 0) {
      Thread.sleep(LOOK_EVERY);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    client.close();
  }
}

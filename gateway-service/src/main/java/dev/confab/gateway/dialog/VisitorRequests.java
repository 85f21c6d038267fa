package dev.confab.gateway.dialog;

import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.limit.VisitorLimits;
import dev.confab.gateway.problem.Problem;
import dev.confab.gateway.proxy.VisitorPaths;
import dev.confab.gateway.rest.Outcome;
import dev.confab.gateway.security.OriginPolicy;
import dev.confab.gateway.security.Tokens;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/**
 * Visitors' requests of v1, before they go on to chat-service: pages of a site's origins may make
 * them, and not too many dialogs are begun. All other requests pass by unchanged.
 */
@ApplicationScoped
class VisitorRequests {
  private static final String BEGIN = "/api/v1/support/dialogs";
  private static final int BEFORE_THE_PROXY = -2000;
  private static final int FORBIDDEN = 403;

  private final Visitors visitors;
  private final VisitorLimits limits;
  private final CrossOrigin crossOrigin;

  VisitorRequests(Visitors visitors, VisitorLimits limits, CrossOrigin crossOrigin) {
    this.visitors = visitors;
    this.limits = limits;
    this.crossOrigin = crossOrigin;
  }

  void routes(@Observes Router router) {
    router.route(BEGIN).order(BEFORE_THE_PROXY).handler(this::begin);
    for (String path : new String[] {BEGIN + "/*", "/api/v1/conversations/*"}) {
      router.route(path).order(BEFORE_THE_PROXY).handler(this::inDialog);
    }
  }

  private void begin(RoutingContext context) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response();
    String origin = OriginPolicy.foreign(request);
    if (HttpMethod.OPTIONS.equals(request.method())) {
      CrossOrigin.vary(response);
      crossOrigin.preflight(response, origin);
      return;
    }
    if (!HttpMethod.POST.equals(request.method())) {
      context.next();
      return;
    }
    CrossOrigin.vary(response);
    CrossOrigin.open(response, origin);
    long wait = limits.dialog(limits.place(request));
    if (wait > 0) {
      Outcome.tooMany("too many dialogs were begun", wait).end(response);
      return;
    }
    if (origin == null) {
      // A page of ours is foreign to no site.
      request.headers().remove("Origin");
    }
    response.headersEndHandler(
        written -> {
          if (response.getStatusCode() == FORBIDDEN) {
            CrossOrigin.shut(response);
          }
        });
    context.next();
  }

  private void inDialog(RoutingContext context) {
    HttpServerRequest request = context.request();
    String origin = OriginPolicy.foreign(request);
    boolean isPreflight = HttpMethod.OPTIONS.equals(request.method());
    if (origin == null || !isPreflight && !isVisitors(request)) {
      context.next();
      return;
    }
    String method =
        isPreflight
            ? String.valueOf(request.getHeader("Access-Control-Request-Method"))
            : request.method().name();
    Optional<String> dialog = VisitorPaths.conversation(method, request.path());
    if (dialog.isEmpty()) {
      context.next();
      return;
    }
    CrossOrigin.vary(context.response());
    // What the client sends meanwhile waits for whoever comes next.
    request.pause();
    visitors
        .judge(dialog.get(), origin)
        .onSuccess(may -> goOn(context, origin, isPreflight))
        .onFailure(failure -> stop(context, failure));
  }

  private static boolean isVisitors(HttpServerRequest request) {
    return Tokens.ofHeader(request.getHeader("Authorization"))
        .flatMap(Tokens::claims)
        .filter(Tokens.Claims::isVisitors)
        .isPresent();
  }

  private void goOn(RoutingContext context, String origin, boolean isPreflight) {
    if (isPreflight) {
      context.request().resume();
      crossOrigin.preflight(context.response(), origin);
    } else {
      CrossOrigin.open(context.response(), origin);
      context.next();
    }
  }

  private static void stop(RoutingContext context, Throwable failure) {
    context.request().resume();
    Problem problem =
        failure instanceof NotAdmitted refused
            ? Problem.of(refused.code(), refused.getMessage())
            : Problem.of(503, ErrorCode.INTERNAL, "that cannot be told now");
    problem.end(context.response());
  }
}

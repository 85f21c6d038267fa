package dev.confab.gateway.dialog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.chatservice.ChatServiceClient.UnknownConversation;
import dev.confab.gateway.rest.Outcome;
import dev.confab.gateway.rest.Refused;
import dev.confab.gateway.rest.RequestBodies;
import dev.confab.gateway.rest.SignedIn;
import dev.confab.gateway.security.OriginPolicy;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;

/** The dialect's REST paths: which side asks, for what, and the answer. */
@ApplicationScoped
class DialogApi {
  private static final Logger LOG = Logger.getLogger(DialogApi.class);
  private static final String WIDGET = "/api/widget/dialogs";
  private static final String PANEL = "/api/dialogs";
  private static final int BEFORE_OTHERS = -1000;
  private static final int FORBIDDEN = 403;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;

  private final WidgetPaths widget;
  private final PanelPaths panel;
  private final SignedIn signedIn;
  private final RequestBodies bodies;
  private final CrossOrigin crossOrigin;

  DialogApi(
      WidgetPaths widget,
      PanelPaths panel,
      SignedIn signedIn,
      RequestBodies bodies,
      CrossOrigin crossOrigin) {
    this.widget = widget;
    this.panel = panel;
    this.signedIn = signedIn;
    this.bodies = bodies;
    this.crossOrigin = crossOrigin;
  }

  void routes(@Observes Router router) {
    for (String path : List.of(WIDGET, WIDGET + "/*")) {
      router.route(path).order(BEFORE_OTHERS).handler(this::widget);
    }
    for (String path : List.of(PANEL, PANEL + "/*")) {
      router.route(path).order(BEFORE_OTHERS).handler(this::panel);
    }
  }

  private void widget(RoutingContext context) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response();
    String origin = OriginPolicy.foreign(request);
    CrossOrigin.vary(response);
    List<String> path = below(WIDGET, request.path());
    if (HttpMethod.OPTIONS.equals(request.method())) {
      mayAsk(path, origin)
          .onSuccess(asked -> crossOrigin.preflight(response, origin))
          .onFailure(failure -> outcome(failure).end(response));
      return;
    }
    bodies
        .object(request)
        .compose(body -> widgetAction(request, path, origin, body))
        .recover(failure -> Future.succeededFuture(outcome(failure)))
        .onSuccess(
            outcome -> {
              // Refused for its origin: such a page may not even read why.
              CrossOrigin.open(response, outcome.status() == FORBIDDEN ? null : origin);
              outcome.end(response);
            });
  }

  /** Before it is said with whom a dialog shall be, no origin is foreign. */
  private Future<Void> mayAsk(List<String> path, String origin) {
    return path.isEmpty() ? Future.succeededFuture() : widget.mayAsk(path.get(0), origin);
  }

  private Future<Outcome> widgetAction(
      HttpServerRequest request, List<String> path, String origin, JsonNode body) {
    String method = request.method().name();
    if (path.isEmpty()) {
      return method.equals("POST") ? widget.begin(request, origin, body) : otherMethod();
    }
    String id = path.get(0);
    if (path.size() == 1) {
      return method.equals("GET") ? widget.get(request, id, origin) : otherMethod();
    }
    return switch (path.size() == 2 ? path.get(1) : "") {
      case "page" -> method.equals("PUT") ? widget.page(request, id, origin, body) : otherMethod();
      case "messages" ->
          switch (method) {
            case "GET" -> widget.messages(request, id, origin);
            case "POST" -> widget.send(request, id, origin, body);
            default -> otherMethod();
          };
      default -> nothing();
    };
  }

  private void panel(RoutingContext context) {
    HttpServerRequest request = context.request();
    Future<JsonNode> sent = bodies.object(request);
    List<String> path = below(PANEL, request.path());
    signedIn
        .as(
            request,
            (identity, token) ->
                identity.staffRole() == null
                    ? refusal(ErrorCode.FORBIDDEN, "this is for operators")
                    : sent.compose(
                        body ->
                            panelAction(
                                request, path, new PanelPaths.Caller(identity, token, body))))
        .recover(failure -> Future.succeededFuture(outcome(failure)))
        .onSuccess(outcome -> outcome.end(context.response()));
  }

  private Future<Outcome> panelAction(
      HttpServerRequest request, List<String> path, PanelPaths.Caller caller) {
    String method = request.method().name();
    if (path.isEmpty()) {
      return method.equals("GET") ? panel.list(caller, request.getParam("state")) : otherMethod();
    }
    if (path.size() != 2) {
      return nothing();
    }
    String id = path.get(0);
    if (path.get(1).equals("messages")) {
      return switch (method) {
        case "GET" -> panel.messages(caller, id, request.getParam("after"));
        case "POST" -> panel.send(caller, id, request.getHeader("Idempotency-Key"));
        default -> otherMethod();
      };
    }
    if (!PanelPaths.ACTIONS.contains(path.get(1))) {
      return nothing();
    }
    return method.equals("POST") ? panel.act(caller, id, path.get(1)) : otherMethod();
  }

  private static List<String> below(String root, String path) {
    String below = path.substring(root.length());
    return List.of(below.split("/")).stream().filter(segment -> !segment.isEmpty()).toList();
  }

  private static Future<Outcome> nothing() {
    return refusal(ErrorCode.NOT_FOUND, "there is nothing at this path");
  }

  private static Future<Outcome> otherMethod() {
    return Future.succeededFuture(
        Outcome.problem(
            METHOD_NOT_ALLOWED, ErrorCode.INVALID_VALUE, "this path knows other methods"));
  }

  private static Future<Outcome> refusal(ErrorCode code, String detail) {
    return Future.succeededFuture(Outcome.problem(code, detail));
  }

  private static Outcome outcome(Throwable failure) {
    return switch (failure) {
      case Refused refused -> refused.outcome();
      case NotAdmitted refused -> Outcome.problem(refused.code(), refused.getMessage());
      case UnknownConversation unknown ->
          Outcome.problem(ErrorCode.NOT_FOUND, "there is no such dialog");
      default -> {
        LOG.warnf(
            "event=dialect_request_failed path=dialogs failure=%s", failure.getClass().getName());
        yield Outcome.problem(UNAVAILABLE, ErrorCode.INTERNAL, "that cannot be told now");
      }
    };
  }
}

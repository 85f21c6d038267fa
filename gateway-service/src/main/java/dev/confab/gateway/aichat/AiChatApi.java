package dev.confab.gateway.aichat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.json.Json;
import dev.confab.gateway.rest.Outcome;
import dev.confab.gateway.rest.RequestBodies;
import dev.confab.gateway.rest.SignedIn;
import dev.confab.gateway.security.Identity;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** The dialect's REST paths: who asks, for what, and the answer. */
@ApplicationScoped
class AiChatApi {
  private static final Logger LOG = Logger.getLogger(AiChatApi.class);
  private static final String ROOT = "/ai-chat/api/";
  private static final int BEFORE_OTHERS = -1000;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~:-]{1,128}");
  private static final List<String> PUBLIC = List.of("health", "llm_server");

  /** What a path does for whoever asks. */
  private interface Action {
    Future<Outcome> run(Caller caller);
  }

  private final SignedIn signedIn;
  private final SessionPaths sessions;
  private final OtherPaths others;
  private final RequestBodies bodies;

  AiChatApi(SignedIn signedIn, SessionPaths sessions, OtherPaths others, RequestBodies bodies) {
    this.signedIn = signedIn;
    this.sessions = sessions;
    this.others = others;
    this.bodies = bodies;
  }

  void routes(@Observes Router router) {
    router.route(ROOT + "*").order(BEFORE_OTHERS).handler(this::handle);
  }

  private void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    Future<Buffer> body = bodies.read(request);
    List<String> path = segments(request.path());
    Future<Outcome> outcome =
        PUBLIC.equals(path) && "GET".equals(request.method().name())
            ? others.llmServer()
            : signedIn.as(
                request,
                (identity, token) ->
                    body.compose(sent -> perform(request, path, identity, token, sent)));
    outcome
        .recover(failure -> unavailable(path, failure))
        .onComplete(done -> done.result().end(context.response()));
  }

  private static List<String> segments(String path) {
    String below = path.substring(ROOT.length());
    return Arrays.asList(
        (below.endsWith("/") ? below.substring(0, below.length() - 1) : below).split("/"));
  }

  private Future<Outcome> perform(
      HttpServerRequest request, List<String> path, Identity identity, String token, Buffer sent) {
    JsonNode body;
    try {
      body = sent.length() == 0 ? JsonNodeFactory.instance.objectNode() : Json.tree(sent);
    } catch (UncheckedIOException e) {
      return refusal(ErrorCode.INVALID_VALUE, "the body is not JSON");
    }
    if (!body.isObject()) {
      return refusal(ErrorCode.INVALID_VALUE, "the body is an object");
    }
    Integer limit;
    try {
      String asked = request.getParam("limit");
      limit = asked == null ? null : Integer.valueOf(asked);
    } catch (NumberFormatException e) {
      return refusal(ErrorCode.INVALID_VALUE, "limit is a number");
    }
    String key = request.getHeader("Idempotency-Key");
    Caller caller = new Caller(identity, token, key, limit, body);
    Action action = action(request.method().name(), path);
    return action.run(caller);
  }

  private Action action(String method, List<String> path) {
    if (path.size() > 1 && !path.get(0).equals("health") && !ID.matcher(path.get(1)).matches()) {
      return AiChatApi::nothing;
    }
    return switch (path.get(0)) {
      case "sessions" -> sessionAction(method, path);
      case "presets" -> presetAction(method, path);
      case "models" -> modelAction(method, path);
      case "health" ->
          path.size() == 2 && path.get(1).equals("stats")
              ? one(method, "GET", others::stats)
              : path.equals(PUBLIC) ? AiChatApi::otherMethod : AiChatApi::nothing;
      default -> AiChatApi::nothing;
    };
  }

  private Action sessionAction(String method, List<String> path) {
    if (path.size() == 1) {
      return switch (method) {
        case "GET" -> sessions::list;
        case "POST" -> sessions::create;
        default -> AiChatApi::otherMethod;
      };
    }
    String id = path.get(1);
    if (path.size() == 2) {
      return switch (method) {
        case "GET" -> caller -> sessions.get(caller, id);
        case "PATCH" -> caller -> sessions.patch(caller, id);
        case "DELETE" -> caller -> sessions.delete(caller, id);
        default -> AiChatApi::otherMethod;
      };
    }
    return switch (path.size() == 3 ? path.get(2) : "") {
      case "messages" -> one(method, "GET", caller -> sessions.messages(caller, id));
      case "send_message" -> one(method, "POST", caller -> sessions.send(caller, id));
      default -> AiChatApi::nothing;
    };
  }

  private Action presetAction(String method, List<String> path) {
    if (path.size() == 1) {
      return switch (method) {
        case "GET" -> others::presets;
        case "POST" -> others::createPreset;
        default -> AiChatApi::otherMethod;
      };
    }
    String id = path.get(1);
    if (path.size() == 2) {
      return switch (method) {
        case "GET" -> caller -> others.preset(caller, id);
        case "PATCH", "PUT" -> caller -> others.patchPreset(caller, id);
        case "DELETE" -> caller -> others.deletePreset(caller, id);
        default -> AiChatApi::otherMethod;
      };
    }
    return path.size() == 3 && path.get(2).equals("create_session_from_preset")
        ? one(method, "POST", caller -> others.sessionFromPreset(caller, id))
        : AiChatApi::nothing;
  }

  private Action modelAction(String method, List<String> path) {
    if (path.size() == 1) {
      return one(method, "GET", others::models);
    }
    return path.size() == 2 && path.get(1).equals("sync_models")
        ? one(method, "POST", others::syncModels)
        : AiChatApi::nothing;
  }

  private static Action one(String method, String allowed, Action action) {
    return method.equals(allowed) ? action : AiChatApi::otherMethod;
  }

  private static Future<Outcome> nothing(Caller caller) {
    return refusal(ErrorCode.NOT_FOUND, "there is nothing at this path");
  }

  private static Future<Outcome> otherMethod(Caller caller) {
    return Future.succeededFuture(
        Outcome.problem(
            METHOD_NOT_ALLOWED, ErrorCode.INVALID_VALUE, "this path knows other methods"));
  }

  private static Future<Outcome> refusal(ErrorCode code, String detail) {
    return Future.succeededFuture(Outcome.problem(code, detail));
  }

  private static Future<Outcome> unavailable(List<String> path, Throwable failure) {
    if (failure instanceof RequestBodies.TooLong) {
      return Future.succeededFuture(
          Outcome.problem(413, ErrorCode.INVALID_VALUE, "the body is too long"));
    }
    LOG.warnf(
        "event=dialect_request_failed path=%s failure=%s",
        path.get(0), failure.getClass().getName());
    return Future.succeededFuture(
        Outcome.problem(UNAVAILABLE, ErrorCode.INTERNAL, "chat-service is not available now"));
  }
}

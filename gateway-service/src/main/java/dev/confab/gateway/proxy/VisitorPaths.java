package dev.confab.gateway.proxy;

import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.problem.Problem;
import dev.confab.gateway.security.Tokens;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a visitor's token leads: to what is listed here of one conversation, and nowhere else. */
public final class VisitorPaths {
  private static final Pattern CONVERSATION =
      Pattern.compile("GET /api/v1/conversations/([^/]+)(?:/messages)?");
  private static final Pattern MESSAGE =
      Pattern.compile("POST /api/v1/conversations/([^/]+)/messages");
  private static final Pattern SUPPORT =
      Pattern.compile("POST /api/v1/support/dialogs/([^/]+)/(?:handoff|close|rating)");

  private VisitorPaths() {}

  /** The conversation that a request is about, if visitors may make such a request at all. */
  public static Optional<String> conversation(String method, String path) {
    String request = method + ' ' + path;
    for (Pattern open : new Pattern[] {CONVERSATION, MESSAGE, SUPPORT}) {
      Matcher matcher = open.matcher(request);
      if (matcher.matches()) {
        return Optional.of(matcher.group(1));
      }
    }
    return Optional.empty();
  }

  /**
   * Why a request with a visitor's token goes no further; empty if it may.
   *
   * @param claims of that token; if they are made up, the service behind refuses them
   */
  static Optional<Problem> refusal(HttpServerRequest request, Tokens.Claims claims) {
    Optional<String> conversation = conversation(request.method().name(), request.path());
    if (conversation.isEmpty()) {
      return Optional.of(Problem.of(ErrorCode.FORBIDDEN, "this is not for visitors"));
    }
    return conversation.get().equals(claims.conversationId())
        ? Optional.empty()
        : Optional.of(Problem.of(ErrorCode.NOT_FOUND, "there is no such conversation"));
  }
}

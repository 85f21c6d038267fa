package dev.confab.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.chatservice.PublicApi;
import dev.confab.gateway.json.Json;
import dev.confab.gateway.problem.Problem;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.TimeUnit;

/**
 * What a request comes to.
 *
 * @param body null for none
 * @param retryAfterSeconds what the client is told to wait, or null
 */
public record Outcome(int status, Object body, Long retryAfterSeconds) {
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int ACCEPTED = 202;
  private static final int NO_CONTENT = 204;
  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;
  private static final long RETRY_AFTER_SECONDS = 1;

  private Outcome(int status, Object body) {
    this(status, body, status == TOO_MANY ? RETRY_AFTER_SECONDS : null);
  }

  /** The request was done. */
  public static Outcome ok(Object body) {
    return new Outcome(OK, body);
  }

  /** Something was made. */
  public static Outcome created(Object body) {
    return new Outcome(CREATED, body);
  }

  /** It will be done; this is how things stand. */
  public static Outcome accepted(Object body) {
    return new Outcome(ACCEPTED, body);
  }

  /** It was done, and there is nothing to show for it. */
  public static Outcome done() {
    return new Outcome(NO_CONTENT, null);
  }

  /** It was refused, with the usual status of the code. */
  public static Outcome problem(ErrorCode code, String detail) {
    return problem(code.httpStatus(), code, detail);
  }

  /** Too much was asked for; so many nanoseconds later it would have been granted. */
  public static Outcome tooMany(String detail, long waitNanos) {
    Problem problem = Problem.of(ErrorCode.RATE_LIMITED, detail);
    long seconds = TimeUnit.NANOSECONDS.toSeconds(waitNanos) + 1;
    return new Outcome(problem.status(), problem, seconds);
  }

  /** It is not known what became of it; the same again, later, will tell. */
  public static Outcome unknown(String detail) {
    return new Outcome(
        UNAVAILABLE, Problem.of(UNAVAILABLE, ErrorCode.INTERNAL, detail), RETRY_AFTER_SECONDS);
  }

  /** It was refused, with a status of its own. */
  public static Outcome problem(int status, ErrorCode code, String detail) {
    return new Outcome(status, Problem.of(status, code, detail));
  }

  /**
   * chat-service's refusal, with the fields as the dialect calls them.
   *
   * @param content what it calls a message's content
   */
  public static Outcome refused(PublicApi.Answer answer, String content) {
    if (answer.body() instanceof ObjectNode problem) {
      JsonNode field = problem.get("field");
      if (field != null && field.isTextual()) {
        problem.put("field", fieldHere(field.textValue(), content));
      }
      return new Outcome(answer.status(), problem);
    }
    ErrorCode code =
        switch (answer.status()) {
          case 401 -> ErrorCode.AUTH_REQUIRED;
          case 403 -> ErrorCode.FORBIDDEN;
          case 404 -> ErrorCode.NOT_FOUND;
          default -> answer.status() < 500 ? ErrorCode.INVALID_VALUE : ErrorCode.INTERNAL;
        };
    return problem(answer.status(), code, "the request was refused");
  }

  private static String fieldHere(String v1, String content) {
    return v1.equals("content") ? content : v1.replaceFirst("^settings\\.", "");
  }

  private boolean isProblem() {
    return status >= 400;
  }

  /** Ends a response with this, unless it was ended already. */
  public void end(HttpServerResponse response) {
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(status).putHeader("Cache-Control", "no-store");
    if (status == UNAUTHORIZED) {
      response.putHeader("WWW-Authenticate", "Bearer");
    }
    if (retryAfterSeconds != null) {
      response.putHeader("Retry-After", retryAfterSeconds.toString());
    }
    if (body == null) {
      response.end();
      return;
    }
    response
        .putHeader("Content-Type", isProblem() ? Problem.MEDIA_TYPE : "application/json")
        .end(Json.write(body));
  }
}

package dev.confab.gateway.aichat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.chatservice.PublicApi;
import dev.confab.gateway.problem.Problem;

/**
 * What a request comes to.
 *
 * @param body null for none
 */
record Outcome(int status, Object body) {
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;

  static Outcome ok(Object body) {
    return new Outcome(OK, body);
  }

  static Outcome created(Object body) {
    return new Outcome(CREATED, body);
  }

  static Outcome done() {
    return new Outcome(NO_CONTENT, null);
  }

  static Outcome problem(ErrorCode code, String detail) {
    return problem(code.httpStatus(), code, detail);
  }

  static Outcome problem(int status, ErrorCode code, String detail) {
    return new Outcome(status, Problem.of(status, code, detail));
  }

  /** chat-service's refusal, with the fields as this dialect calls them. */
  static Outcome refused(PublicApi.Answer answer) {
    if (answer.body() instanceof ObjectNode problem) {
      JsonNode field = problem.get("field");
      if (field != null && field.isTextual()) {
        problem.put("field", fieldHere(field.textValue()));
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

  private static String fieldHere(String v1) {
    return v1.equals("content") ? "message" : v1.replaceFirst("^settings\\.", "");
  }

  boolean isProblem() {
    return status >= 400;
  }
}

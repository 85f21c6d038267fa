package dev.confab.ai.problem;

import dev.confab.contracts.ErrorCode;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Objects;

/** Adds {@code type} and {@code code} to every problem document. */
@ApplicationScoped
public class ProblemCodes implements ProblemPostProcessor {
  private static final URI BLANK = URI.create("about:blank");

  @Override
  public HttpProblem apply(HttpProblem problem, ProblemContext context) {
    String detail = Objects.requireNonNullElse(problem.getDetail(), problem.getTitle());
    HttpProblem.Builder builder =
        HttpProblem.builder(problem)
            .withType(Objects.requireNonNullElse(problem.getType(), BLANK))
            .withDetail(detail);
    if (!problem.getParameters().containsKey("code")) {
      builder.with("code", code(problem.getStatusCode()).name());
    }
    return builder.build();
  }

  private static ErrorCode code(int status) {
    return switch (status) {
      case 401 -> ErrorCode.AUTH_REQUIRED;
      case 403 -> ErrorCode.FORBIDDEN;
      case 404 -> ErrorCode.NOT_FOUND;
      case 409 -> ErrorCode.CONFLICT;
      case 429 -> ErrorCode.RATE_LIMITED;
      case 503 -> ErrorCode.AI_UNAVAILABLE;
      default -> status < 500 ? ErrorCode.INVALID_VALUE : ErrorCode.INTERNAL;
    };
  }
}

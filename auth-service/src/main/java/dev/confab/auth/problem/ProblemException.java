package dev.confab.auth.problem;

import dev.confab.contracts.ErrorCode;
import java.time.Duration;

/** A refusal on its way to the caller; a transaction it passes is rolled back. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String field;
  private final Duration retryAfter;

  private ProblemException(ErrorCode code, String detail, String field, Duration retryAfter) {
    super(detail, null, false, false);
    this.code = code;
    this.field = field;
    this.retryAfter = retryAfter;
  }

  /** A refusal with no field at fault. */
  public static ProblemException of(ErrorCode code, String detail) {
    return new ProblemException(code, detail, null, null);
  }

  /** A field that breaks its rule; {@code rule} says what is allowed. */
  public static ProblemException invalid(String field, String rule) {
    return new ProblemException(ErrorCode.INVALID_VALUE, rule, field, null);
  }

  /** A field whose value is taken. */
  public static ProblemException conflict(String field, String detail) {
    return new ProblemException(ErrorCode.CONFLICT, detail, field, null);
  }

  /** Too much of it; the caller may try again after {@code retryAfter}. */
  public static ProblemException rateLimited(String detail, Duration retryAfter) {
    return new ProblemException(ErrorCode.RATE_LIMITED, detail, null, retryAfter);
  }

  /** Returns the body, which must be there. */
  public static <T> T requireBody(T body) {
    if (body == null) {
      throw of(ErrorCode.INVALID_FRAME, "A JSON body is needed here.");
    }
    return body;
  }

  ErrorCode code() {
    return code;
  }

  String field() {
    return field;
  }

  Duration retryAfter() {
    return retryAfter;
  }
}

package dev.confab.chat.problem;

import dev.confab.contracts.ErrorCode;

/** A request that is refused. */
public final class ProblemException extends RuntimeException {
  private final ErrorCode code;
  private final String field;

  /** Refuses for a reason. */
  public ProblemException(ErrorCode code, String detail) {
    this(code, detail, null);
  }

  /** Refuses because of a field. */
  public ProblemException(ErrorCode code, String detail, String field) {
    super(detail, null, false, false);
    this.code = code;
    this.field = field;
  }

  /** There is nothing of that name, or not for this user. */
  public static ProblemException notFound(String what) {
    return new ProblemException(ErrorCode.NOT_FOUND, "There is no such " + what + ".");
  }

  /** A field has a value that is not allowed. */
  public static ProblemException invalid(String field, String allowed) {
    return new ProblemException(ErrorCode.INVALID_VALUE, allowed, field);
  }

  /** Why. */
  public ErrorCode code() {
    return code;
  }

  /** The offending field, or null. */
  public String field() {
    return field;
  }
}

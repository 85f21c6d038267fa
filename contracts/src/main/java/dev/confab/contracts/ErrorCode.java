package dev.confab.contracts;

/** Every error a client can be told, in frames and in problem documents alike. */
public enum ErrorCode {
  AUTH_REQUIRED(401),
  TOKEN_EXPIRED(401),
  FORBIDDEN(403),
  NOT_FOUND(404),
  INVALID_FRAME(400),
  INVALID_VALUE(400),
  UNKNOWN_TYPE(400),
  MESSAGE_TOO_LONG(400),
  EMPTY_MESSAGE(400),
  RATE_LIMITED(429),
  BUDGET_EXCEEDED(429),
  AI_UNAVAILABLE(503),
  CONVERSATION_CLOSED(409),
  CONFLICT(409),
  INTERNAL(500);

  private final int httpStatus;

  ErrorCode(int httpStatus) {
    this.httpStatus = httpStatus;
  }

  /** The status of a problem document (RFC 9457) with this code. */
  public int httpStatus() {
    return httpStatus;
  }
}

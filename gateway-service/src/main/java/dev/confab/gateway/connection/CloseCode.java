package dev.confab.gateway.connection;

/** WebSocket close codes the gateway uses, with the reason it gives. */
enum CloseCode {
  /** No sign of life. */
  SILENT(1001, "no sign of life"),
  /** What the socket is about is no longer open to its user. */
  NOT_ALLOWED(1008, "no longer allowed"),
  /** A frame or message beyond the limit. */
  FRAME_TOO_BIG(1009, "frame too big"),
  /** An error of ours. */
  INTERNAL(1011, "internal error"),
  /** The replica goes away. */
  RESTART(1012, "restart"),
  /** The token cannot be verified now. */
  TRY_LATER(1013, "try again later"),
  /** No token, or not a valid one. */
  NOT_AUTHENTICATED(4001, "not authenticated"),
  /** The session was ended. */
  SESSION_REVOKED(4003, "session revoked"),
  /** Too many refused frames, or too many connections. */
  TOO_MANY_VIOLATIONS(4008, "too many violations"),
  /** The client reads slower than its frames come. */
  TOO_SLOW(4009, "too slow: reconnect and resume");

  private final int code;
  private final String reason;

  CloseCode(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  int code() {
    return code;
  }

  String reason() {
    return reason;
  }
}

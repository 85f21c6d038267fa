package dev.confab.gateway.dialog;

import dev.confab.contracts.ErrorCode;

/** A visitor may not come in. Expected, so it has no stack trace. */
public final class NotAdmitted extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final ErrorCode code;

  NotAdmitted(ErrorCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** Why. */
  public ErrorCode code() {
    return code;
  }
}

package dev.confab.gateway.fanout;

import dev.confab.contracts.ErrorCode;

/** A conversation could not be entered. Expected, so it has no stack trace. */
public final class EntryRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final ErrorCode code;

  EntryRefused(ErrorCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** Why. */
  public ErrorCode code() {
    return code;
  }
}

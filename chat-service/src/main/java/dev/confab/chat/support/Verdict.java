package dev.confab.chat.support;

import dev.confab.contracts.ErrorCode;

/** Where a wish to hand over leads. */
sealed interface Verdict {
  /**
   * Somebody else answers from now on.
   *
   * @param reason in the protocol's words, or an operator's own
   */
  record Moves(OwnerState to, String reason) implements Verdict {}

  /** It is so already. */
  record Stays() implements Verdict {}

  /** It may not be, or not now. */
  record Refused(ErrorCode code, String detail, String field) implements Verdict {}

  static Refused conflict(String detail) {
    return new Refused(ErrorCode.CONFLICT, detail, null);
  }
}

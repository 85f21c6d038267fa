package dev.confab.ai.problem;

import dev.confab.contracts.ErrorCode;

/** A request that is refused, with the words for its problem document. */
public final class ProblemException extends RuntimeException {
  private final transient Problem problem;

  /**
   * @param field at fault, or null
   */
  public ProblemException(ErrorCode code, String detail, String field) {
    super(detail, null, false, false);
    this.problem = Problem.of(code, detail, field);
  }

  Problem problem() {
    return problem;
  }
}

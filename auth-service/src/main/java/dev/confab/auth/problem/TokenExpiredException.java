package dev.confab.auth.problem;

/** A token of ours, rightly signed, past its time. */
public final class TokenExpiredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Without a trace: it is an expected outcome. */
  public TokenExpiredException() {
    super("token expired", null, false, false);
  }
}

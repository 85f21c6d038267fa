package dev.confab.gateway.rest;

/** A request comes to something else than it asked for. Expected, so it has no stack trace. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Outcome outcome;

  /** Ends with this outcome. */
  public Refused(Outcome outcome) {
    super("refused", null, false, false);
    this.outcome = outcome;
  }

  /** What it comes to. */
  public Outcome outcome() {
    return outcome;
  }
}

package dev.confab.localstack.process;

/** Something that keeps the local stack from doing as asked, told in one line with the way out. */
public final class StackFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String wayOut;

  public StackFailure(String what, String wayOut) {
    this(what, wayOut, null);
  }

  public StackFailure(String what, String wayOut, Throwable cause) {
    super(what, cause);
    this.wayOut = wayOut;
  }

  /** The failure and what to do about it, for people. */
  public String line() {
    return getMessage() + ": " + wayOut;
  }
}

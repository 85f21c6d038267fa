package dev.confab.localstack.check;

/**
 * How one check went.
 *
 * @param what was checked
 * @param detail figures when it is well, else what is wrong
 */
public record CheckResult(boolean ok, String what, String detail) {
  /** For people. */
  public String line() {
    return "%-5s %s: %s".formatted(ok ? "ok" : "FAIL", what, detail);
  }
}

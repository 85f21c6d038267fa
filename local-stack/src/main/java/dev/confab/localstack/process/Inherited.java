package dev.confab.localstack.process;

import java.util.Set;

/** Which variables of the launcher's own environment every child may see. */
final class Inherited {
  private static final Set<String> NAMES =
      Set.of("PATH", "HOME", "USER", "LOGNAME", "LANG", "TZ", "TMPDIR", "TERM", "SHELL");

  private Inherited() {}

  /** Keys and passwords are not among them: each part gets its own, and only those. */
  static boolean isPassedOn(String variable) {
    return NAMES.contains(variable) || variable.startsWith("LC_");
  }
}

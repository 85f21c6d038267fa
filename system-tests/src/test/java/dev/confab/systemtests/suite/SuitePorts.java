package dev.confab.systemtests.suite;

import java.util.Map;

/** Ports of the tested suite, away from those of a user's. */
final class SuitePorts {
  private SuitePorts() {}

  static Map<String, String> environment() {
    return Map.of();
  }
}

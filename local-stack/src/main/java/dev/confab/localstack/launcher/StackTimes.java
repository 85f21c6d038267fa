package dev.confab.localstack.launcher;

import java.time.Duration;

/** How long things may take. */
final class StackTimes {
  /** A polite stop, before the process is ended hard. */
  static final Duration STOP = Duration.ofSeconds(10);

  private StackTimes() {}
}

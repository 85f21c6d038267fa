package dev.confab.ai.reply;

import dev.confab.ai.AiConfig;
import java.time.Duration;
import java.time.Instant;

/** Time-outs of a reply in nanoseconds. */
record Limits(long firstTokenNanos, long stallNanos, long totalNanos, long retryPauseNanos) {
  private static final Duration FIRST_TOKEN = Duration.ofSeconds(20);

  static Limits of(AiConfig.Replies config) {
    return new Limits(
        config.firstTokenTimeout().orElse(FIRST_TOKEN).toNanos(),
        config.stallTimeout().toNanos(),
        config.totalTimeout().toNanos(),
        config.retryPause().toNanos());
  }

  /** Time a reply has left, by its own deadline too. */
  long nanosUntil(Instant deadline) {
    if (deadline == null) {
      return totalNanos;
    }
    Duration left = Duration.between(Instant.now(), deadline);
    return left.compareTo(Duration.ofNanos(totalNanos)) < 0 ? left.toNanos() : totalNanos;
  }
}

package dev.confab.ai.reply;

import dev.confab.ai.AiConfig;
import java.time.Duration;
import java.time.Instant;

/** Bounds of a reply; times in nanoseconds. */
record Limits(
    long firstTokenNanos,
    long stallNanos,
    long totalNanos,
    long retryPauseNanos,
    int toolRounds,
    int toolCallsPerRound) {
  private static final Duration FIRST_TOKEN = Duration.ofSeconds(20);

  static Limits of(AiConfig.Replies config, AiConfig.Tools tools) {
    return new Limits(
        config.firstTokenTimeout().orElse(FIRST_TOKEN).toNanos(),
        config.stallTimeout().toNanos(),
        config.totalTimeout().toNanos(),
        config.retryPause().toNanos(),
        tools.maxRounds(),
        tools.maxCallsPerRound());
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

package dev.confab.gateway.presence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When users count as online and as offline. The same for all replicas. */
@ConfigMapping(prefix = "confab.presence")
public interface PresenceConfig {
  /** Between two renewals of this replica's lease. */
  @WithDefault("5s")
  Duration renewEvery();

  /** A replica silent for this long is dead, and its users are where else they are connected. */
  @WithDefault("20s")
  Duration lease();

  /**
   * Without any renewal for this long, what Redis holds is no longer believed. Shorter than {@link
   * #lease()} by a renewal at least, so that no living replica is taken for dead after Redis was
   * away.
   */
  @WithDefault("12s")
  Duration markerLife();

  /** How long nothing is known of anybody after Redis came back or lost what it held. */
  @WithDefault("15s")
  Duration unknownFor();

  /** Who comes back this soon after their last connection ended was never gone. */
  @WithDefault("5s")
  Duration grace();

  /** Between two looks for users and replicas that are gone. */
  @WithDefault("1s")
  Duration sweepEvery();

  /** How long it is remembered when a user was last seen. */
  @WithDefault("30d")
  Duration seenKept();
}

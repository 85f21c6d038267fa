package dev.confab.chat.statistics;

import dev.confab.contracts.chat.Usage;
import java.util.Optional;

/**
 * What one reply cost.
 *
 * @param userId on whose account
 * @param model that answered
 */
public record UsageCharge(String userId, String model, Usage usage) {
  private static final String UNKNOWN = "unknown";
  private static final Usage NOTHING = new Usage(0, 0, 0);

  /** A reply's cost; where nobody counted, it is counted as a reply that cost nothing. */
  public static UsageCharge of(String userId, String model, Usage usage) {
    return new UsageCharge(
        userId,
        Optional.ofNullable(model).orElse(UNKNOWN),
        Optional.ofNullable(usage).orElse(NOTHING));
  }
}

package dev.confab.ai.reply;

import dev.confab.ai.provider.Target;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.Usage;

/**
 * How a reply ended.
 *
 * @param reason {@code stop}, {@code length}, {@code tool} or {@code failed}
 * @param model that answered, or null
 * @param provider name of the one that answered, or null
 * @param usage of all calls together; null if unknown
 * @param error why it failed, else null
 * @param handOver why a person shall go on, in the model's words; null if nobody shall
 */
record Outcome(
    String reason, String model, String provider, Usage usage, ErrorCode error, String handOver) {
  static Outcome said(String reason, String model, String provider, Usage usage) {
    return new Outcome(reason, model, provider, usage, null, null);
  }

  /** The same, with a person going on. */
  Outcome handedOver(String why) {
    return new Outcome(reason, model, provider, usage, error, why);
  }

  /**
   * @param target who was asked last, or null
   */
  static Outcome failed(Target target, Usage usage) {
    return target == null
        ? new Outcome("failed", null, null, usage, ErrorCode.AI_UNAVAILABLE, null)
        : new Outcome(
            "failed",
            target.model(),
            target.provider().name(),
            usage,
            ErrorCode.AI_UNAVAILABLE,
            null);
  }
}

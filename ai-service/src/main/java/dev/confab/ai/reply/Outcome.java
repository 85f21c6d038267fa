package dev.confab.ai.reply;

import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.Usage;

/**
 * How a reply ended.
 *
 * @param reason {@code stop}, {@code length}, {@code tool} or {@code failed}
 * @param model that answered, or null
 * @param usage null if unknown
 * @param error why it failed, else null
 */
record Outcome(String reason, String model, Usage usage, ErrorCode error) {
  static Outcome said(String reason, String model, Usage usage) {
    return new Outcome(reason, model, usage, null);
  }

  static Outcome failed(String model) {
    return new Outcome("failed", model, null, ErrorCode.AI_UNAVAILABLE);
  }
}

package dev.confab.ai.reply;

import dev.confab.contracts.chat.Usage;

/**
 * An answer that was waited for as a whole.
 *
 * @param usage null if unknown
 * @param reason {@code stop} or {@code length}
 */
public record WholeAnswer(String text, String model, String provider, Usage usage, String reason) {
  @Override
  public String toString() {
    return "WholeAnswer[" + provider + ", " + model + ", length=" + text.length() + ']';
  }
}

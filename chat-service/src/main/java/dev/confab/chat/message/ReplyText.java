package dev.confab.chat.message;

import dev.confab.contracts.chat.Usage;

/**
 * What a reply says in the end.
 *
 * @param fallback whether it is an honest sentence of our own in place of an answer
 * @param model that answered, or null
 * @param usage what it cost, or null where nobody counted
 */
public record ReplyText(
    String content,
    MessageStatus status,
    String finishReason,
    boolean fallback,
    String model,
    Usage usage) {
  /** Never shows what was said. */
  @Override
  public String toString() {
    return "ReplyText[" + status + ' ' + content.length() + " chars]";
  }
}

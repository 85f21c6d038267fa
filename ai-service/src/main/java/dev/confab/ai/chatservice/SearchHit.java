package dev.confab.ai.chatservice;

/**
 * A message that was found.
 *
 * @param title of its conversation, or null
 * @param snippet HTML with the hits marked
 */
public record SearchHit(String title, String senderName, String snippet, String createdAt) {
  /** Holds what people wrote. */
  @Override
  public String toString() {
    return "SearchHit[" + createdAt + ']';
  }
}

package dev.confab.chat.conversation;

/**
 * What of others lies above one's read position.
 *
 * @param messages counted up to a bound
 * @param mentions those of them that address one by name
 */
public record Unread(int messages, int mentions) {
  /** One has read everything. */
  public static final Unread NONE = new Unread(0, 0);
}

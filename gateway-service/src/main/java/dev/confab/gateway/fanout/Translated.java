package dev.confab.gateway.fanout;

/**
 * What a v1 frame became in another protocol.
 *
 * @param frame null if that protocol has no words for it
 * @param notTo the user whose connections it does not go to, or null
 */
public record Translated(Frame frame, String notTo) {
  /** The protocol has no words for it. */
  public static final Translated NOTHING = new Translated(null, null);

  /** A frame for everybody. */
  public static Translated of(Frame frame) {
    return new Translated(frame, null);
  }

  /** Whether it goes to a user's connections. */
  public boolean isFor(String userId) {
    return frame != null && !userId.equals(notTo);
  }
}

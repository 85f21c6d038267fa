package dev.confab.gateway.fanout;

import java.util.List;

/**
 * What a v1 frame became in another protocol.
 *
 * @param frames in order; none if that protocol has no words for it
 * @param notTo the user whose connections they do not go to, or null
 */
public record Translated(List<Frame> frames, String notTo) {
  /** The protocol has no words for it. */
  public static final Translated NOTHING = new Translated(List.of(), null);

  /** Frames for everybody. */
  public static Translated of(Frame... frames) {
    return new Translated(List.of(frames), null);
  }

  /** The first frame, or null. */
  public Frame frame() {
    return frames.isEmpty() ? null : frames.getFirst();
  }

  /** Whether it goes to a user's connections. */
  public boolean isFor(String userId) {
    return !frames.isEmpty() && !userId.equals(notTo);
  }
}

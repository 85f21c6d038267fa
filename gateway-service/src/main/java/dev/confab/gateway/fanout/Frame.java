package dev.confab.gateway.fanout;

import io.vertx.core.buffer.Buffer;

/**
 * One unit for a socket, encoded once (UTF-8 JSON) and shared by every socket it goes to: never
 * change the buffer. The variants say what a slow connection's queue may do with it.
 */
public sealed interface Frame {
  /** The encoded frame. */
  Buffer json();

  /** Must arrive. */
  record Whole(Buffer json) implements Frame {}

  /**
   * The next characters of a running reply: must arrive, but consecutive ones of the same message
   * may be merged into one.
   *
   * @param offset where {@code text} starts in the reply, in UTF-16 units
   */
  record Text(String conversationId, String messageId, int offset, String text, Buffer json)
      implements Frame {}

  /** May be dropped: typing, presence. */
  record Signal(Buffer json) implements Frame {}
}

package dev.confab.gateway.dialect;

import dev.confab.contracts.ErrorCode;

/** What became of a client's text: a frame, or why not. */
public sealed interface Decoded {
  /** The client's own id of the frame, repeated in its answer; may be null. */
  String frameId();

  /** A frame that means something. */
  record Understood(String frameId, ClientFrame frame) implements Decoded {}

  /**
   * A frame that is refused; the socket stays.
   *
   * @param message for people: what is allowed
   * @param field the offending field, or null
   */
  record Refused(String frameId, ErrorCode code, String message, String field) implements Decoded {}
}

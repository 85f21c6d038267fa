package dev.confab.gateway.fanout;

/** A connection as the fan-out sees it. All methods are thread-safe and never block. */
public interface Subscriber {
  /** Unique on this replica. */
  String connectionId();

  /** The {@code sub} claim of the connection's token. */
  String userId();

  /**
   * The role with which more is open to its user than what they take part in: {@code operator} or
   * {@code admin}; null for everybody else.
   */
  default String staffRole() {
    return null;
  }

  /** Whether its user is a visitor of a site. */
  default boolean isVisitors() {
    return false;
  }

  /** Puts a frame into the connection's bounded queue; frames leave in the order of the calls. */
  void send(Frame frame);

  /** Whether everything sent so far has left the queue. */
  boolean isDrained();

  /** It no longer hears of a conversation, because its user may not see it any more. */
  default void shutOut(String conversationId) {}

  /** Closes the socket with a WebSocket close code. */
  void close(int code, String reason);
}

package dev.confab.gateway.fanout;

/** A connection as the fan-out sees it. All methods are thread-safe and never block. */
public interface Subscriber {
  /** Unique on this replica. */
  String connectionId();

  /** The {@code sub} claim of the connection's token. */
  String userId();

  /** Puts a frame into the connection's bounded queue; frames leave in the order of the calls. */
  void send(Frame frame);

  /** Whether everything sent so far has left the queue. */
  boolean isDrained();

  /** Closes the socket with a WebSocket close code. */
  void close(int code, String reason);
}

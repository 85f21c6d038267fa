package dev.confab.loadtests.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One v1 connection. */
public final class Socket {
  /** What a socket hears; called on an event loop. */
  public interface Listener {
    /** A frame that is not one of the answers which the socket waits for itself. */
    void onFrame(ByteBuf frame);

    /** The gateway sent an {@code error}. */
    default void onError(String frame) {}

    /** The connection ended. */
    default void onClosed() {}
  }

  private static final byte[] JOINED = FrameScan.type("joined");
  private static final byte[] ERROR = FrameScan.type("error");
  private static final int START = 256;

  private final WebSocket socket;
  private final Listener listener;
  private final Map<String, Promise<Long>> joins = new ConcurrentHashMap<>();
  private boolean ended;
  private ByteBuf partial;

  Socket(WebSocket socket, Listener listener) {
    this.socket = socket;
    this.listener = listener;
    socket.frameHandler(this::onFrame);
    socket.closeHandler(closed -> ended());
    socket.exceptionHandler(failure -> ended());
  }

  private void ended() {
    if (ended) {
      return;
    }
    ended = true;
    joins.values().forEach(join -> join.tryFail("closed"));
    listener.onClosed();
  }

  private void onFrame(WebSocketFrame frame) {
    if (!frame.isText() && !frame.isContinuation()) {
      return;
    }
    ByteBuf bytes = Unpooled.wrappedBuffer(frame.binaryData().getBytes());
    if (frame.isFinal() && partial == null) {
      take(bytes);
      return;
    }
    partial = partial == null ? Unpooled.buffer(START) : partial;
    partial.writeBytes(bytes);
    if (frame.isFinal()) {
      ByteBuf whole = partial;
      partial = null;
      take(whole);
    }
  }

  private void take(ByteBuf frame) {
    if (!joins.isEmpty() && FrameScan.isType(frame, JOINED)) {
      String text = frame.toString(java.nio.charset.StandardCharsets.UTF_8);
      joins.keySet().stream()
          .filter(text::contains)
          .findFirst()
          .ifPresent(id -> joins.remove(id).tryComplete(FrameScan.lastSeq(frame)));
    }
    if (FrameScan.isType(frame, ERROR)) {
      listener.onError(frame.toString(java.nio.charset.StandardCharsets.UTF_8));
    } else {
      listener.onFrame(frame);
    }
  }

  /** Joins a conversation; completes with {@code last_seq}, or fails when the socket closes. */
  public Future<Long> join(String conversation) {
    return join(conversation, "");
  }

  /** Joins again and asks for what changed after a position. */
  public Future<Long> join(String conversation, long afterSeq) {
    return join(conversation, ",\"after_seq\":" + afterSeq);
  }

  private Future<Long> join(String conversation, String more) {
    Promise<Long> joined = Promise.promise();
    joins.put(conversation, joined);
    send(
        "{\"type\":\"join_conversation\",\"data\":{\"conversation_id\":\""
            + conversation
            + '"'
            + more
            + "}}");
    return joined.future();
  }

  /** Sends a user's message; the content must need no escaping. */
  public void message(String conversation, String content) {
    send(
        "{\"type\":\"send_message\",\"data\":{\"conversation_id\":\""
            + conversation
            + "\",\"message_type\":\"user\",\"content\":\""
            + content
            + "\"}}");
  }

  /** Sends a user's message that is answered with a {@code message_ack} of this client id. */
  public void message(String conversation, String content, String clientId) {
    send(
        "{\"type\":\"send_message\",\"data\":{\"conversation_id\":\""
            + conversation
            + "\",\"message_type\":\"user\",\"client_id\":\""
            + clientId
            + "\",\"content\":\""
            + content
            + "\"}}");
  }

  /** Renews the token in place. */
  public void authenticate(Guest guest) {
    send("{\"type\":\"auth\",\"token\":\"" + guest.token() + "\"}");
  }

  private void send(String frame) {
    socket.writeTextMessage(frame);
  }

  /** Ends the connection. */
  public void close() {
    socket.close();
  }
}

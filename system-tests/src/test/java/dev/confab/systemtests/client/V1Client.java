package dev.confab.systemtests.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One connection of protocol v1, written from the protocol's tables. It keeps every frame in order
 * of arrival; nothing is dropped, merged or interpreted on the way in. Safe for use by several
 * threads.
 */
public final class V1Client implements AutoCloseable {
  /** How long an await takes before it fails, unless told otherwise. */
  public static final Duration PATIENCE = Duration.ofSeconds(15);

  /** Close code reported when the socket ended without a close frame. */
  public static final int NO_CLOSE_FRAME = 1006;

  static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/api/v1/chat/ws";
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private final List<Frame> frames = new ArrayList<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final Object sending = new Object();
  private final Consumer<Frame> observer;
  private final StringBuilder partial = new StringBuilder();
  private WebSocket socket;
  private CompletableFuture<?> lastSend = CompletableFuture.completedFuture(null);

  private V1Client(Consumer<Frame> observer) {
    this.observer = observer;
  }

  /** Connects and signs in by the first frame, as most clients do. */
  public static V1Client connect(URI gateway, Person person) {
    return connect(gateway, person, frame -> {});
  }

  /** As {@link #connect(URI, Person)}; {@code observer} is called for each frame, in order. */
  public static V1Client connect(URI gateway, Person person, Consumer<Frame> observer) {
    V1Client client = open(gateway, "", Map.of(), List.of(), observer);
    client.authenticate(person.accessToken());
    client.awaitFrame("auth_success", frame -> frame.is("auth_success"), PATIENCE);
    return client;
  }

  /**
   * Opens a socket and says nothing.
   *
   * @param query appended to the path, with its question mark, or empty
   */
  public static V1Client open(
      URI gateway, String query, Map<String, String> headers, List<String> subprotocols) {
    return open(gateway, query, headers, subprotocols, frame -> {});
  }

  private static V1Client open(
      URI gateway,
      String query,
      Map<String, String> headers,
      List<String> subprotocols,
      Consumer<Frame> observer) {
    V1Client client = new V1Client(observer);
    WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(5));
    headers.forEach(builder::header);
    if (!subprotocols.isEmpty()) {
      builder.subprotocols(
          subprotocols.getFirst(),
          subprotocols.subList(1, subprotocols.size()).toArray(String[]::new));
    }
    URI target = URI.create("ws://" + gateway.getAuthority() + PATH + query);
    client.socket = builder.buildAsync(target, client.new Listener()).join();
    return client;
  }

  /** Sends {@code auth} with this token. */
  public void authenticate(String token) {
    Map<String, Object> frame = new LinkedHashMap<>();
    frame.put("type", "auth");
    frame.put("token", token);
    sendText(write(frame));
  }

  /** Sends a frame; returns the {@code id} that its answer repeats. */
  public String send(String type, Map<String, Object> data) {
    return send(type + '-' + ids.incrementAndGet(), type, data);
  }

  /** Sends a frame with an id of the caller's choice. */
  public String send(String id, String type, Map<String, Object> data) {
    Map<String, Object> frame = new LinkedHashMap<>();
    frame.put("type", type);
    frame.put("id", id);
    frame.put("data", data);
    sendText(write(frame));
    return id;
  }

  /** Sends these characters as one text frame. */
  public void sendText(String text) {
    synchronized (sending) {
      lastSend =
          lastSend.handle((done, failed) -> null).thenCompose(x -> socket.sendText(text, true));
    }
  }

  /** Sends a binary frame. */
  public void sendBinary(byte[] bytes) {
    synchronized (sending) {
      lastSend = lastSend.thenCompose(x -> socket.sendBinary(ByteBuffer.wrap(bytes), true));
    }
  }

  /** Joins without asking for old messages; returns {@code joined}. */
  public Frame join(String conversationId) {
    return join(conversationId, null, null);
  }

  /** Joins; returns {@code joined}. Parameters that are null are not sent. */
  public Frame join(String conversationId, Long afterSeq, String history) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("conversation_id", conversationId);
    if (afterSeq != null) {
      data.put("after_seq", afterSeq);
    }
    if (history != null) {
      data.put("history", history);
    }
    int from = frameCount();
    String id = send("join_conversation", data);
    Frame answer =
        awaitFrame(
            "joined",
            frame ->
                frame.index() >= from
                    && (frame.is("joined") && frame.conversationId().equals(conversationId)
                        || frame.is("error") && frame.id().equals(id)),
            PATIENCE);
    if (answer.is("error")) {
      throw new AssertionError("join was refused: " + answer);
    }
    return answer;
  }

  /** Leaves; returns when the server has confirmed it. */
  public void leave(String conversationId) {
    String id =
        send(
            leaveId(conversationId),
            "leave_conversation",
            Map.of("conversation_id", conversationId));
    awaitFrame("ack of leave", frame -> frame.is("ack") && frame.id().equals(id), PATIENCE);
  }

  /** The id that {@link #leave} gives its frame, so that a reader of the log knows its answer. */
  public static String leaveId(String conversationId) {
    return "leave-" + conversationId;
  }

  /** Sends a user message; returns its {@code client_id} at once. */
  public String say(String conversationId, String content) {
    return say(conversationId, content, UUID.randomUUID().toString());
  }

  /** Sends a user message with this {@code client_id}. */
  public String say(String conversationId, String content, String clientId) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("conversation_id", conversationId);
    data.put("content", content);
    data.put("message_type", "user");
    data.put("client_id", clientId);
    send("send_message", data);
    return clientId;
  }

  /** Sends a user message and waits for its ack; returns the message's id. */
  public String sayAndAwaitAck(String conversationId, String content) {
    String clientId = say(conversationId, content);
    return awaitAck(clientId).data().path("message_id").asText();
  }

  /** Waits for the ack of a message. */
  public Frame awaitAck(String clientId) {
    return awaitFrame(
        "message_ack",
        frame ->
            frame.is("message_ack") && frame.data().path("client_id").asText().equals(clientId),
        PATIENCE);
  }

  /** Waits for the {@code stream_start} of the reply to a message. */
  public Frame awaitReplyStart(String turnId) {
    return awaitFrame(
        "stream_start",
        frame -> frame.is("stream_start") && frame.data().path("reply_to").asText().equals(turnId),
        PATIENCE);
  }

  /** Waits until a reply to a message ended, streamed or as a whole message; returns that frame. */
  public Frame awaitReplyEnd(String turnId, Duration patience) {
    return awaitFrame(
        "end of the reply",
        frame ->
            frame.is("stream_complete", "message_received")
                && frame.message().path("reply_to").asText().equals(turnId)
                && !frame.message().path("message_type").asText().equals("user"),
        patience);
  }

  /** Waits for some text of a reply. */
  public Frame awaitText(String replyId) {
    return awaitFrame(
        "stream_content",
        frame -> frame.is("stream_content") && frame.messageId().equals(replyId),
        PATIENCE);
  }

  /** Waits for an {@code error} with this code. */
  public Frame awaitError(String code) {
    return awaitFrame(
        "error " + code,
        frame -> frame.is("error") && frame.data().path("code").asText().equals(code),
        PATIENCE);
  }

  /** Waits for the answer to the frame with this id. */
  public Frame awaitAnswer(String id) {
    return awaitFrame("answer to " + id, frame -> frame.id().equals(id) && !id.isEmpty(), PATIENCE);
  }

  /** Waits for the first frame that fits, those already there included. */
  public Frame awaitFrame(String what, Predicate<Frame> wanted, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    synchronized (frames) {
      int next = 0;
      while (true) {
        for (; next < frames.size(); next++) {
          if (wanted.test(frames.get(next))) {
            return frames.get(next);
          }
        }
        awaitChange(what, deadline);
      }
    }
  }

  private void awaitChange(String what, long deadline) {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0 || closed.isDone()) {
      throw new AssertionError(
          (closed.isDone() ? "closed with " + closed.join() + " before: " : "nothing came of: ")
              + what
              + "; the last frames were "
              + frames.subList(Math.max(0, frames.size() - 12), frames.size()));
    }
    try {
      frames.wait(left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + what, e);
    }
  }

  /** All frames so far. */
  public List<Frame> frames() {
    synchronized (frames) {
      return List.copyOf(frames);
    }
  }

  /** How many frames came so far. */
  public int frameCount() {
    synchronized (frames) {
      return frames.size();
    }
  }

  /** The subprotocol that the server chose, or an empty string. */
  public String subprotocol() {
    return socket.getSubprotocol();
  }

  /** Whether the socket is still open. */
  public boolean isOpen() {
    return !closed.isDone();
  }

  /** Waits for the socket's end; returns the close code. */
  public int awaitClose(Duration patience) {
    try {
      return closed.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("the socket is still open after " + patience, e);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Called once with the close code when the socket has ended. */
  public CompletionStage<Integer> whenClosed() {
    return closed;
  }

  /** Ends the TCP connection without a close frame, as a lost network does. */
  public void drop() {
    end(NO_CLOSE_FRAME);
    socket.abort();
  }

  @Override
  public void close() {
    if (isOpen()) {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(failure -> null);
      try {
        closed.get(2, TimeUnit.SECONDS);
      } catch (Exception e) {
        socket.abort();
      }
    }
  }

  private static String write(Map<String, Object> frame) {
    try {
      return JSON.writeValueAsString(frame);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private void end(int code) {
    closed.complete(code);
    synchronized (frames) {
      frames.notifyAll();
    }
  }

  private void arrived(String text) {
    JsonNode body;
    try {
      body = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the server sent a frame that is not JSON", e);
    }
    synchronized (frames) {
      if (closed.isDone()) {
        return;
      }
      Frame frame = new Frame(frames.size(), System.nanoTime(), body);
      frames.add(frame);
      observer.accept(frame);
      frames.notifyAll();
    }
  }

  private final class Listener implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        String text = partial.toString();
        partial.setLength(0);
        arrived(text);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      end(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
      end(NO_CLOSE_FRAME);
    }
  }
}

package dev.confab.systemtests.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A WebSocket and the JSON frames that came over it, in order; it knows no protocol. */
public final class PlainClient implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private final List<JsonNode> frames = new ArrayList<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private final Consumer<JsonNode> observer;
  private WebSocket socket;

  private PlainClient(Consumer<JsonNode> observer) {
    this.observer = observer;
  }

  /** Opens a socket at a path with its query. */
  public static PlainClient open(URI gateway, String path, Map<String, String> headers) {
    return open(gateway, path, headers, frame -> {});
  }

  /** The same; {@code observer} is called for each frame, in order. */
  public static PlainClient open(
      URI gateway, String path, Map<String, String> headers, Consumer<JsonNode> observer) {
    PlainClient client = new PlainClient(observer);
    WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(5));
    headers.forEach(builder::header);
    URI target = URI.create("ws://" + gateway.getAuthority() + path);
    client.socket = builder.buildAsync(target, client.new Listener()).join();
    return client;
  }

  /** The HTTP status that an upgrade is answered with; 101 if the socket opens. */
  public static int statusOf(URI gateway, String path, Map<String, String> headers) {
    try {
      open(gateway, path, headers).close();
      return 101;
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        return refused.getResponse().statusCode();
      }
      throw e;
    }
  }

  /** Sends these characters as one text frame. */
  public void send(String json) {
    socket.sendText(json.replace('\'', '"'), true).join();
  }

  /** Everything that came so far. */
  public List<JsonNode> frames() {
    synchronized (frames) {
      return List.copyOf(frames);
    }
  }

  /** Everything of a type that came so far. */
  public List<JsonNode> frames(String type) {
    return frames().stream().filter(frame -> type.equals(frame.path("type").asText())).toList();
  }

  /** The first frame of a type, awaited if it has not come yet. */
  public JsonNode await(String type) {
    return await(type, frame -> true);
  }

  /** The first frame of a type with some property, awaited if it has not come yet. */
  public JsonNode await(String type, Predicate<JsonNode> property) {
    long end = System.nanoTime() + V1Client.PATIENCE.toNanos();
    synchronized (frames) {
      while (true) {
        for (JsonNode frame : frames) {
          if (type.equals(frame.path("type").asText()) && property.test(frame)) {
            return frame;
          }
        }
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError("no " + type + " among " + frames);
        }
        try {
          frames.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException(e);
        }
      }
    }
  }

  /** Whether the socket is still open. */
  public boolean isOpen() {
    return !closed.isDone();
  }

  /** Called once with the close code when the socket has ended. */
  public CompletionStage<Integer> whenClosed() {
    return closed;
  }

  /** The code the server closes with. */
  public int awaitClose() {
    try {
      return closed.get(V1Client.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("not closed", e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    closed.complete(V1Client.NO_CLOSE_FRAME);
    socket.abort();
  }

  private final class Listener implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        try {
          JsonNode frame = V1Client.JSON.readTree(partial.toString());
          synchronized (frames) {
            frames.add(frame);
            observer.accept(frame);
            frames.notifyAll();
          }
        } catch (JsonProcessingException e) {
          closed.completeExceptionally(new IOException("not JSON", e));
        }
        partial.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.complete(V1Client.NO_CLOSE_FRAME);
    }
  }
}

package dev.confab.localstack.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A v1 connection that waits for one frame after the other. */
final class CheckSocket implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CLOSED = "";

  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private WebSocket socket;

  private CheckSocket() {}

  static CheckSocket open(HttpClient http, URI address, String token) throws IOException {
    CheckSocket connection = new CheckSocket();
    try {
      connection.socket =
          http.newWebSocketBuilder()
              .header("Authorization", "Bearer " + token)
              .buildAsync(address, connection.new Receiver())
              .join();
      return connection;
    } catch (CompletionException e) {
      throw new IOException("the socket was refused", e);
    }
  }

  void send(Object frame) throws IOException {
    socket.sendText(JSON.writeValueAsString(frame), true).join();
  }

  /** The next frame of a type; those of others are skipped, an error frame is a failure. */
  JsonNode await(String type, Duration within) throws IOException, InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    while (true) {
      String text = frames.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (text == null) {
        throw new IOException("no " + type + " within " + within.toSeconds() + " s");
      }
      if (text.equals(CLOSED)) {
        throw new IOException("the socket was closed before " + type);
      }
      JsonNode frame = JSON.readTree(text);
      String actual = frame.path("type").asText();
      if (actual.equals("error")) {
        throw new IOException("error " + frame.path("data").path("code").asText());
      }
      if (actual.equals(type)) {
        return frame;
      }
    }
  }

  @Override
  public void close() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(failure -> socket);
  }

  private final class Receiver implements WebSocket.Listener {
    private final StringBuilder partial = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        frames.add(partial.toString());
        partial.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      frames.add(CLOSED);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      frames.add(CLOSED);
    }
  }
}

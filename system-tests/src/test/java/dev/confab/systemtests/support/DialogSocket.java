package dev.confab.systemtests.support;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.client.PlainClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One socket of the dialect {@code dialog}, either side's: it shows messages on a screen, and notes
 * where the server broke its word. Safe for use by several threads.
 */
final class DialogSocket implements AutoCloseable {
  private static final Set<String> SENDERS = Set.of("user", "assistant", "manager", "system");

  private final Screen screen;
  private final List<String> breaches = new ArrayList<>();
  private final Set<String> shown = new HashSet<>();
  private final Map<String, StringBuilder> streams = new HashMap<>();
  private final PlainClient client;
  private volatile String state = "";

  /** Opens it; fails if the upgrade is refused. */
  DialogSocket(URI gateway, String path, Map<String, String> headers, Screen screen) {
    this.screen = screen;
    this.client = PlainClient.open(gateway, path, headers, this::take);
  }

  private synchronized void take(JsonNode frame) {
    if (!frame.has("type")) {
      message(frame);
      return;
    }
    String type = frame.path("type").asText();
    boolean isStream = type.equals("stream");
    if (!isStream && (frame.has("id") || frame.has("text"))) {
      breaches.add("a control frame that looks like a message: " + type);
    }
    if (isStream) {
      streams
          .computeIfAbsent(frame.path("id").asText(), id -> new StringBuilder())
          .append(frame.path("delta").asText());
    } else if (type.equals("handoff")) {
      state = frame.path("state").asText();
    }
  }

  private void message(JsonNode frame) {
    String id = frame.path("id").asText();
    if (!shown.add(id)) {
      breaches.add("a message twice at one socket: " + id);
    }
    if (!SENDERS.contains(frame.path("sender").asText())) {
      breaches.add("a sender of no kind: " + frame.path("sender"));
    }
    StringBuilder streamed = streams.remove(id);
    if (streamed != null && !streamed.toString().equals(frame.path("text").asText())) {
      breaches.add("streamed " + streamed.length() + " characters differ from message " + id);
    }
    screen.show(frame);
  }

  /** Says something; nothing answers. */
  void say(String sender, String text, String clientId) {
    client.send("{'sender':'%s','text':'%s','client_id':'%s'}".formatted(sender, text, clientId));
  }

  /** Sends a control frame. */
  void send(String type) {
    client.send("{'type':'" + type + "'}");
  }

  /** Who answers, by the last frame that told it; empty before one did. */
  String state() {
    return state;
  }

  /** Waits for a control frame. */
  JsonNode await(String type) {
    return client.await(type);
  }

  /** Waits until a frame tells that this is who answers. */
  void awaitState(String wanted) {
    client.await("handoff", frame -> wanted.equals(frame.path("state").asText()));
  }

  /** Everything that came. */
  List<JsonNode> frames() {
    return client.frames();
  }

  /** Every frame of a type that came. */
  List<JsonNode> frames(String type) {
    return client.frames(type);
  }

  boolean isOpen() {
    return client.isOpen();
  }

  /** The code the server closes with. */
  int awaitClose() {
    return client.awaitClose();
  }

  /** Streams that no whole message followed. */
  synchronized Set<String> openStreams() {
    return Set.copyOf(streams.keySet());
  }

  synchronized List<String> breaches() {
    return List.copyOf(breaches);
  }

  /** Loses the connection without a close frame. */
  @Override
  public void close() {
    client.close();
  }
}

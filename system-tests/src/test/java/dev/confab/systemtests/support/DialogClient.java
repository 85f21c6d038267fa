package dev.confab.systemtests.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * What the widget and the panel have in common: a screen, a socket that may be lost, polling while
 * it is, and sends that are repeated under their own ids until they are answered.
 */
abstract class DialogClient implements AutoCloseable {
  private static final long POLL_MILLIS = 300;
  private static final int TOO_MANY = 429;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ScheduledExecutorService CLOCK =
      Executors.newScheduledThreadPool(2, Thread.ofVirtual().factory());

  private final String sender;
  private final String dialogId;
  private final Screen screen = new Screen();
  private final List<DialogSocket> sockets = new ArrayList<>();
  private Calls calls;
  private DialogSocket socket;
  private ScheduledFuture<?> polling;

  DialogClient(String sender, String dialogId, Calls calls) {
    this.sender = sender;
    this.dialogId = dialogId;
    this.calls = calls;
  }

  /** Path and query of the socket. */
  abstract String socketPath();

  /** Path of the messages. */
  abstract String messagesPath();

  /** The stored message in the answer to a send. */
  abstract JsonNode stored(JsonNode answer);

  /** Opens a socket at a gateway, which ends the polling, and reads what there was before. */
  final void connect(URI gateway) {
    calls = new Calls(gateway, calls.headers());
    socket = new DialogSocket(gateway, socketPath(), calls.headers(), screen);
    sockets.add(socket);
    if (polling != null) {
      polling.cancel(false);
      polling = null;
    }
    poll();
  }

  /** Loses the socket as a bad network does; from now on this polls. */
  final void loseSocket() {
    socket.close();
    polling =
        CLOCK.scheduleWithFixedDelay(this::pollIfPossible, 0, POLL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void pollIfPossible() {
    try {
      poll();
    } catch (UncheckedIOException | AssertionError notNow) {
      // The next look may find it.
    }
  }

  /** Reads all messages and shows them. */
  final JsonNode poll() {
    JsonNode array = messages();
    array.forEach(screen::show);
    return array;
  }

  /** Reads all messages. */
  final JsonNode messages() {
    JsonNode array = calls.get(messagesPath()).done();
    if (!array.isArray()) {
      throw new AssertionError("no array of messages");
    }
    return array;
  }

  /** Says something over REST, shown at once; returns its client id. */
  final String say(String text) {
    String clientId = UUID.randomUUID().toString();
    screen.sent(clientId, sender, text);
    post(text, clientId);
    return clientId;
  }

  /** Says something over the socket, shown at once; returns its client id. */
  final String sayBySocket(String text) {
    String clientId = UUID.randomUUID().toString();
    sayBySocket(text, clientId);
    return clientId;
  }

  final void sayBySocket(String text, String clientId) {
    screen.sent(clientId, sender, text);
    socket.say(sender, text, clientId);
  }

  /** Posts until it is answered otherwise than to come back later; returns the stored message. */
  final JsonNode post(String text, String clientId) {
    Calls.Answer[] last = new Calls.Answer[1];
    Awaitility.await("a message is taken")
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              last[0] = tryPost(text, clientId);
              return last[0].status() != TOO_MANY;
            });
    JsonNode message = stored(last[0].done());
    screen.confirmed(clientId, message);
    return message;
  }

  /** Posts once. */
  final Calls.Answer tryPost(String text, String clientId) {
    return calls.post(
        messagesPath(), Map.of("sender", sender, "text", text, "client_id", clientId));
  }

  final String dialogId() {
    return dialogId;
  }

  final Calls calls() {
    return calls;
  }

  final Screen screen() {
    return screen;
  }

  /** The socket of the moment. */
  final DialogSocket socket() {
    return socket;
  }

  /** Waits until the screen shows this once. */
  final void awaitLine(String from, String text) {
    Awaitility.await(from + " on the screen")
        .atMost(Duration.ofSeconds(15))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> screen.texts(from).contains(text));
  }

  /** Where this client was shown something wrong, or something twice, over all its sockets. */
  final List<String> breaches() {
    List<String> all = new ArrayList<>(screen.breaches());
    sockets.forEach(each -> all.addAll(each.breaches()));
    screen.duplicates().forEach(line -> all.add("twice on the screen, from " + line.sender()));
    if (screen.unconfirmed() > 0) {
      all.add(screen.unconfirmed() + " messages of one's own are not stored");
    }
    return all;
  }

  /** Closes the page. */
  final void leave() {
    if (polling != null) {
      polling.cancel(false);
    }
    sockets.forEach(DialogSocket::close);
  }

  @Override
  public final void close() {
    leave();
  }
}

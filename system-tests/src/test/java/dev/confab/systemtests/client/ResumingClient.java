package dev.confab.systemtests.client;

import dev.confab.systemtests.delivery.Mirror;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A person's client that stays: when its connection ends it opens another, to the next gateway that
 * answers, resumes each conversation where it stood and repeats the messages that were not acked,
 * under their own client ids.
 */
public final class ResumingClient implements AutoCloseable {
  private static final long RETRY_MILLIS = 150;
  private static final Executor WORKERS = Executors.newVirtualThreadPerTaskExecutor();

  /** A message of one's own on its way. */
  private static final class Sent {
    private final String conversationId;
    private final String content;
    private final long sentNanos = System.nanoTime();
    private final CompletableFuture<Frame> acked = new CompletableFuture<>();
    private final CompletableFuture<Frame> seen = new CompletableFuture<>();

    private Sent(String conversationId, String content) {
      this.conversationId = conversationId;
      this.content = content;
    }
  }

  private final List<URI> gateways;
  private final Person person;
  private final Map<String, Mirror> mirrors = new ConcurrentHashMap<>();
  private final Map<String, Sent> sent = new ConcurrentHashMap<>();
  private final List<V1Client> connections = new CopyOnWriteArrayList<>();
  private volatile V1Client current;
  private volatile boolean finished;
  private int nextGateway;

  /**
   * Connects.
   *
   * @param gateways the first is tried first
   */
  public ResumingClient(List<URI> gateways, Person person) {
    this.gateways = List.copyOf(gateways);
    this.person = person;
    connect();
  }

  private void connect() {
    URI gateway = gateways.get(nextGateway++ % gateways.size());
    V1Client client = V1Client.connect(gateway, person, this::observe);
    connections.add(client);
    current = client;
    client.whenClosed().thenRunAsync(this::reconnect, WORKERS);
    new LinkedHashMap<>(mirrors).forEach((id, mirror) -> join(client, id, mirror));
    sent.forEach(
        (clientId, message) -> {
          if (!message.acked.isDone()) {
            client.say(message.conversationId, message.content, clientId);
          }
        });
  }

  private void reconnect() {
    if (finished) {
      return;
    }
    try {
      connect();
    } catch (RuntimeException | AssertionError refused) {
      CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS, WORKERS)
          .execute(this::reconnect);
    }
  }

  private static void join(V1Client client, String conversationId, Mirror mirror) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("conversation_id", conversationId);
    data.put("after_seq", mirror.position());
    if (mirror.history() != null) {
      data.put("history", mirror.history());
    }
    client.send("join_conversation", data);
  }

  private void observe(Frame frame) {
    Mirror mirror = mirrors.get(frame.conversationId());
    if (mirror != null) {
      mirror.accept(frame);
    }
    if (frame.is("message_ack")) {
      Sent message = sent.get(frame.data().path("client_id").asText());
      if (message != null) {
        message.acked.complete(frame);
      }
    }
    if (frame.is("message_received")) {
      Sent message = sent.get(frame.message().path("client_id").asText(""));
      if (message != null) {
        message.seen.complete(frame);
      }
    }
  }

  /** Joins a conversation from its first message and keeps it over every reconnect. */
  public Mirror follow(String conversationId) {
    Mirror mirror = mirrors.computeIfAbsent(conversationId, id -> new Mirror());
    int from = current.frameCount();
    V1Client client = current;
    join(client, conversationId, mirror);
    client.awaitFrame(
        "joined",
        frame ->
            frame.index() >= from
                && frame.is("joined")
                && frame.conversationId().equals(conversationId),
        V1Client.PATIENCE);
    return mirror;
  }

  /** Sends a message, now or when there is a connection again; returns its client id. */
  public String say(String conversationId, String content) {
    String clientId = UUID.randomUUID().toString();
    sent.put(clientId, new Sent(conversationId, content));
    current.say(conversationId, content, clientId);
    return clientId;
  }

  /** Waits for the ack; returns the message's id. */
  public String awaitAck(String clientId, Duration patience) {
    return await(sent.get(clientId).acked, "message_ack", patience)
        .data()
        .path("message_id")
        .asText();
  }

  /** Waits until the message came back to its sender; returns how long that took after sending. */
  public Duration awaitSeen(String clientId, Duration patience) {
    Sent message = sent.get(clientId);
    Frame frame = await(message.seen, "one's own message", patience);
    return Duration.ofNanos(frame.arrivedNanos() - message.sentNanos);
  }

  private static Frame await(CompletableFuture<Frame> future, String what, Duration patience) {
    try {
      return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (Exception e) {
      throw new AssertionError("nothing came of: " + what + " within " + patience, e);
    }
  }

  /** Ids of the messages that were acked, by client id. */
  public Map<String, String> acked() {
    Map<String, String> acked = new LinkedHashMap<>();
    sent.forEach(
        (clientId, message) -> {
          if (message.acked.isDone()) {
            acked.put(clientId, message.acked.join().data().path("message_id").asText());
          }
        });
    return acked;
  }

  /** What this person has of a conversation. */
  public Mirror mirror(String conversationId) {
    return mirrors.get(conversationId);
  }

  /** The connection of the moment. */
  public V1Client connection() {
    return current;
  }

  /** Every connection so far, the present one last. */
  public List<V1Client> connections() {
    return new ArrayList<>(connections);
  }

  /** Loses the present connection without a close frame. */
  public void drop() {
    current.drop();
  }

  @Override
  public void close() {
    finished = true;
    current.close();
  }
}

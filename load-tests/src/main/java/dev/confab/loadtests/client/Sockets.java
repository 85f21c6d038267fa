package dev.confab.loadtests.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens v1 sockets, spread over the gateways. */
public final class Sockets implements AutoCloseable {
  private static final int MAX_FRAME = 1 << 22;

  private final Vertx vertx;
  private final WebSocketClient client;
  private final List<URI> gateways;
  private final AtomicInteger turn = new AtomicInteger();

  /**
   * @param eventLoops threads that read and write all sockets
   */
  public Sockets(List<String> gateways, int eventLoops) {
    this.vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(eventLoops).setWorkerPoolSize(1));
    this.client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxConnections(100_000)
                .setMaxFrameSize(MAX_FRAME)
                .setMaxMessageSize(MAX_FRAME)
                .setConnectTimeout(10_000));
    this.gateways = gateways.stream().map(URI::create).toList();
  }

  /** Opens and authenticates a socket at the next gateway in turn. */
  public Future<Socket> open(Guest guest, Socket.Listener listener) {
    return open(guest, turn.getAndIncrement(), listener);
  }

  /** Opens and authenticates a socket at a gateway given by number. */
  public Future<Socket> open(Guest guest, int gateway, Socket.Listener listener) {
    URI at = gateways.get(Math.floorMod(gateway, gateways.size()));
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost(at.getHost())
            .setPort(at.getPort())
            .setURI("/api/v1/chat/ws")
            .addHeader("Authorization", "Bearer " + guest.token());
    return client.connect(options).map(opened -> new Socket(opened, listener));
  }

  /** Does something later, on an event loop. */
  public void later(long milliseconds, Runnable step) {
    vertx.setTimer(milliseconds, timer -> step.run());
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}

package dev.confab.gateway.connection;

import dev.confab.gateway.connection.ConnectionState.Authenticated;
import dev.confab.gateway.security.Revocations;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** All connections of this replica. */
@ApplicationScoped
class Connections {
  private static final Logger LOG = Logger.getLogger(Connections.class);
  private static final int ID_RADIX = 36;

  private final ConnectionConfig config;
  private final ConnectionMetrics metrics;
  private final Dialects dialects;
  private final Map<String, Connection> byId = new ConcurrentHashMap<>();
  private final Map<EventLoop, LoopWriter> writers = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();
  private volatile boolean draining;

  Connections(
      ConnectionConfig config,
      ConnectionMetrics metrics,
      Dialects dialects,
      MeterRegistry registry,
      Revocations revocations) {
    this.config = config;
    this.metrics = metrics;
    this.dialects = dialects;
    Gauge.builder("confab.gateway.connections", byId, Map::size)
        .description("Open sockets")
        .register(registry);
    revocations.onRevoked(this::closeSessions);
  }

  /** Whether the next socket has to go elsewhere. */
  boolean isFull() {
    return draining || byId.size() >= config.limits().maxConnections();
  }

  /** No socket opens here any more. */
  void beginDraining() {
    draining = true;
  }

  /** An id for the next connection. */
  String nextId() {
    return Long.toString(lastId.incrementAndGet(), ID_RADIX);
  }

  /** Takes over a socket that just opened; on its event loop. */
  Connection open(WebSocketConnection socket, UpgradeGate.Handshake handshake) {
    Channel channel = handshake.channel();
    ChannelPipeline pipeline = channel.pipeline();
    ChannelHandlerContext encoder = pipeline.context(WebSocketFrameEncoder.class);
    Connection connection =
        new Connection(
            handshake.seat() == null ? nextId() : handshake.seat().connectionId(),
            handshake.seat() == null ? dialects.v1() : handshake.seat().dialect(),
            writers.computeIfAbsent(
                channel.eventLoop(), loop -> new LoopWriter(loop, config.outbound())),
            encoder,
            handshake.compresses(),
            config,
            metrics,
            (code, reason) -> close(socket, code, reason));
    pipeline.addBefore("handler", "confab", new SocketHandler(connection));
    if (pipeline.get("idle") != null) {
      // The sweep watches over silence; a timer per socket is not needed.
      pipeline.remove("idle");
    }
    byId.put(connection.connectionId(), connection);
    return connection;
  }

  private static void close(WebSocketConnection socket, int code, String reason) {
    if (socket.isClosed()) {
      return;
    }
    socket
        .close(new CloseReason(code, reason))
        .subscribe()
        .with(
            done -> {},
            failure -> LOG.debugf("event=close_failed reason=\"%s\"", failure.getMessage()));
  }

  /** A socket is gone. */
  void closed(Connection connection) {
    byId.remove(connection.connectionId());
  }

  Collection<Connection> all() {
    return byId.values();
  }

  private void closeSessions(Set<String> sessionIds) {
    for (Connection connection : byId.values()) {
      if (connection.state() instanceof Authenticated authenticated
          && sessionIds.contains(authenticated.identity().sessionId())) {
        connection.close(CloseCode.SESSION_REVOKED);
      }
    }
  }
}

package dev.confab.gateway.connection;

import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.command.CommandLog;
import dev.confab.gateway.fanout.Fanout;
import dev.confab.gateway.security.Identity;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The v1 endpoint. Callbacks run on the socket's event loop one after the other and never block, so
 * frames are handled in order without further ado.
 */
@WebSocket(
    path = "/api/v1/chat/ws",
    endpointId = "v1",
    inboundProcessingMode = InboundProcessingMode.CONCURRENT)
public class ChatSocket {
  private static final Logger LOG = Logger.getLogger(ChatSocket.class);
  private static final TypedKey<Connection> CONNECTION = new TypedKey<>("confab.connection");

  private final Connections connections;
  private final Authentication authentication;
  private final FrameRouter router;
  private final Fanout fanout;
  private final CommandLog commands;
  private final UserBudgets budgets;
  private final ConnectionMetrics metrics;

  ChatSocket(
      Connections connections,
      Authentication authentication,
      FrameRouter router,
      Fanout fanout,
      CommandLog commands,
      UserBudgets budgets,
      ConnectionMetrics metrics) {
    this.connections = connections;
    this.authentication = authentication;
    this.router = router;
    this.fanout = fanout;
    this.commands = commands;
    this.budgets = budgets;
    this.metrics = metrics;
  }

  @OnOpen
  @NonBlocking
  void opened(WebSocketConnection socket) {
    UpgradeGate.Handshake handshake = socket.userData().remove(UpgradeGate.HANDSHAKE);
    Connection connection = connections.open(socket, handshake);
    socket.userData().put(CONNECTION, connection);
    handshake.verdict().ifPresent(verdict -> authentication.decide(connection, null, verdict));
  }

  @OnTextMessage
  @NonBlocking
  void received(String text, WebSocketConnection socket) {
    router.received(socket.userData().get(CONNECTION), text);
  }

  @OnBinaryMessage
  @NonBlocking
  void received(Buffer binary, WebSocketConnection socket) {
    router.receivedBinary(socket.userData().get(CONNECTION));
  }

  @OnClose
  @NonBlocking
  void closed(WebSocketConnection socket, CloseReason reason) {
    Connection connection = socket.userData().get(CONNECTION);
    if (connection == null) {
      return;
    }
    connections.closed(connection);
    Identity identity = connection.identity();
    if (connection.budget() != null) {
      commands.disconnected(connection);
      fanout.disconnected(connection);
      budgets.leave(identity.userId());
    }
    int code = connection.closedWith() == 0 ? reason.getCode() : connection.closedWith();
    metrics.closed(code);
    LOG.infof(
        "event=disconnected connection=%s user=%s code=%d duration_ms=%d frames_in=%d frames_out=%d",
        connection.connectionId(),
        identity == null ? "-" : identity.userId(),
        code,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - connection.openedAt()),
        connection.framesIn(),
        connection.framesOut());
  }

  @OnError
  @NonBlocking
  void failed(Throwable failure, WebSocketConnection socket) {
    Connection connection = socket.userData().get(CONNECTION);
    if (connection == null) {
      return;
    }
    if (connection.isClosing()) {
      return;
    }
    if (isTooBig(failure)) {
      connection.close(CloseCode.FRAME_TOO_BIG);
    } else if (!socket.isClosed() && !(failure instanceof java.io.IOException)) {
      // The class alone: a message could hold what the client sent.
      LOG.warnf(
          "event=socket_failed connection=%s failure=%s code=%s",
          connection.connectionId(), failure.getClass().getName(), ErrorCode.INTERNAL);
      connection.close(CloseCode.INTERNAL);
    }
  }

  private static boolean isTooBig(Throwable failure) {
    return failure instanceof IllegalStateException
        && String.valueOf(failure.getMessage()).contains("max message size");
  }
}

package dev.confab.gateway.connection;

import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.command.CommandLog;
import dev.confab.gateway.fanout.Fanout;
import dev.confab.gateway.security.Identity;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocketConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * From a socket's first moment to its last, whatever it speaks. On the socket's event loop, one
 * callback after the other; nothing here blocks.
 */
@ApplicationScoped
class SocketLife {
  private static final Logger LOG = Logger.getLogger(SocketLife.class);
  private static final TypedKey<Connection> CONNECTION = new TypedKey<>("confab.connection");

  private final Connections connections;
  private final Authentication authentication;
  private final Admission admission;
  private final FrameRouter router;
  private final Fanout fanout;
  private final CommandLog commands;
  private final UserBudgets budgets;
  private final ConnectionMetrics metrics;

  SocketLife(
      Connections connections,
      Authentication authentication,
      Admission admission,
      FrameRouter router,
      Fanout fanout,
      CommandLog commands,
      UserBudgets budgets,
      ConnectionMetrics metrics) {
    this.connections = connections;
    this.authentication = authentication;
    this.admission = admission;
    this.router = router;
    this.fanout = fanout;
    this.commands = commands;
    this.budgets = budgets;
    this.metrics = metrics;
  }

  void opened(WebSocketConnection socket) {
    UpgradeGate.Handshake handshake = socket.userData().remove(UpgradeGate.HANDSHAKE);
    Connection connection = connections.open(socket, handshake);
    socket.userData().put(CONNECTION, connection);
    if (handshake.seat() != null) {
      authentication.seat(connection, handshake.seat());
    } else {
      handshake.verdict().ifPresent(verdict -> authentication.decide(connection, null, verdict));
    }
  }

  void received(String text, WebSocketConnection socket) {
    router.received(socket.userData().get(CONNECTION), text);
  }

  void receivedBinary(WebSocketConnection socket) {
    router.receivedBinary(socket.userData().get(CONNECTION));
  }

  void closed(WebSocketConnection socket, CloseReason reason) {
    Connection connection = socket.userData().get(CONNECTION);
    if (connection == null) {
      return;
    }
    connections.closed(connection);
    Identity identity = connection.identity();
    if (connection.seat() != null) {
      admission.leave(connection.seat());
    } else if (connection.budget() != null) {
      commands.disconnected(connection);
      fanout.disconnected(connection);
      budgets.leave(identity.userId());
    }
    int code = connection.closedWith() == 0 ? reason.getCode() : connection.closedWith();
    metrics.closed(code);
    LOG.infof(
        "event=disconnected connection=%s protocol=%s user=%s code=%d duration_ms=%d frames_in=%d"
            + " frames_out=%d",
        connection.connectionId(),
        connection.dialect().name(),
        identity == null ? "-" : identity.userId(),
        code,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - connection.openedAt()),
        connection.framesIn(),
        connection.framesOut());
  }

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

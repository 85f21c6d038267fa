package dev.confab.gateway.connection;

import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.connection.ConnectionState.AwaitingAuth;
import dev.confab.gateway.connection.ConnectionState.Closing;
import dev.confab.gateway.connection.ConnectionState.Expiring;
import dev.confab.gateway.connection.ConnectionState.Open;
import dev.confab.gateway.fanout.V1Frames;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;

/**
 * Looks at every connection once a second: deadlines, pings, silence, slowness. One timer for all,
 * so that a connection costs none.
 */
@ApplicationScoped
class Sweep {
  private final ConnectionConfig config;
  private final Connections connections;
  private final UserBudgets budgets;
  private final Vertx vertx;
  private long timer;

  Sweep(ConnectionConfig config, Connections connections, UserBudgets budgets, Vertx vertx) {
    this.config = config;
    this.connections = connections;
    this.budgets = budgets;
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent event) {
    timer = vertx.setPeriodic(config.heartbeat().sweep().toMillis(), id -> run());
  }

  void stop(@Observes ShutdownEvent event) {
    vertx.cancelTimer(timer);
  }

  private void run() {
    long now = System.nanoTime();
    Instant clock = Instant.now();
    for (Connection connection : connections.all()) {
      look(connection, now, clock);
    }
    budgets.sweep(now);
  }

  private void look(Connection connection, long now, Instant clock) {
    if (connection.isClosing()) {
      if (now - connection.closingSince() > config.heartbeat().closing().toNanos()) {
        connection.abandon();
      }
      return;
    }
    if (connection.isOutOfPatience(now)) {
      connection.overflow();
      return;
    }
    judge(connection, now, clock);
    if (now - connection.seenAt() > config.heartbeat().silence().toNanos()) {
      connection.close(CloseCode.SILENT);
    } else if (now - connection.pingedAt() >= config.heartbeat().interval().toNanos()) {
      connection.ping(now);
    }
  }

  private void judge(Connection connection, long now, Instant clock) {
    switch (connection.state()) {
      case AwaitingAuth awaiting -> closeAfter(connection, awaiting.deadline(), now);
      case Expiring expiring -> closeAfter(connection, expiring.deadline(), now);
      case Open open -> {
        if (!open.identity().expiresAt().isAfter(clock)) {
          connection.onLoop(() -> expire(connection, clock));
        }
      }
      case Closing closing -> {
        // Nothing to wait for.
      }
    }
  }

  private static void closeAfter(Connection connection, long deadline, long now) {
    if (now - deadline >= 0) {
      connection.close(CloseCode.NOT_AUTHENTICATED);
    }
  }

  private void expire(Connection connection, Instant clock) {
    if (connection.seat() != null) {
      // A dialect has no frame to renew with: its socket has lived as long as it may.
      connection.close(CloseCode.NOT_AUTHENTICATED);
      return;
    }
    // It may have been renewed since the sweep saw it.
    if (connection.state() instanceof Open open && !open.identity().expiresAt().isAfter(clock)) {
      connection.become(open.expired(System.nanoTime() + config.renewalTimeout().toNanos()));
      long seconds = config.renewalTimeout().toSeconds();
      String message = "the token expired: send auth with a new one within %d s".formatted(seconds);
      connection.send(V1Frames.error(null, ErrorCode.TOKEN_EXPIRED, message, "token", null));
    }
  }
}

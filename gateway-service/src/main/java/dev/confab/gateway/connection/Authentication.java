package dev.confab.gateway.connection;

import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.connection.ConnectionState.Authenticated;
import dev.confab.gateway.connection.ConnectionState.AwaitingAuth;
import dev.confab.gateway.connection.ConnectionState.Closing;
import dev.confab.gateway.fanout.Fanout;
import dev.confab.gateway.fanout.Frame;
import dev.confab.gateway.fanout.V1Frames;
import dev.confab.gateway.security.Identity;
import dev.confab.gateway.security.Revocations;
import dev.confab.gateway.security.TokenVerdict;
import dev.confab.gateway.security.TokenVerifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Lets a connection speak for a user, renews that, or closes it. */
@ApplicationScoped
class Authentication {
  private static final Logger LOG = Logger.getLogger(Authentication.class);

  private final ConnectionConfig config;
  private final TokenVerifier tokens;
  private final Revocations revocations;
  private final UserBudgets budgets;
  private final Fanout fanout;

  Authentication(
      ConnectionConfig config,
      TokenVerifier tokens,
      Revocations revocations,
      UserBudgets budgets,
      Fanout fanout) {
    this.config = config;
    this.tokens = tokens;
    this.revocations = revocations;
    this.budgets = budgets;
    this.fanout = fanout;
  }

  /**
   * Verifies a token; frames that come meanwhile wait.
   *
   * @param resume gets the frames that waited, one by one
   */
  void verify(Connection connection, String frameId, String token, Consumer<String> resume) {
    connection.beginVerifying();
    tokens
        .verify(token)
        .whenComplete(
            (verdict, failure) ->
                connection.onLoop(
                    () -> {
                      decide(
                          connection,
                          frameId,
                          failure == null ? verdict : new TokenVerdict.Unverifiable());
                      connection.endVerifying().forEach(resume);
                    }));
  }

  /** Acts on what a look at the connection's token showed; on the event loop. */
  void decide(Connection connection, String frameId, TokenVerdict verdict) {
    switch (verdict) {
      case TokenVerdict.Valid valid -> accept(connection, frameId, valid.identity());
      case TokenVerdict.Expired expired -> connection.close(CloseCode.NOT_AUTHENTICATED);
      case TokenVerdict.Invalid invalid -> connection.close(CloseCode.NOT_AUTHENTICATED);
      case TokenVerdict.Revoked revoked -> connection.close(CloseCode.SESSION_REVOKED);
      case TokenVerdict.Unverifiable unverifiable -> connection.close(CloseCode.TRY_LATER);
    }
  }

  /** Lets a connection speak for the one whose seat was found before it opened. */
  void seat(Connection connection, Seat seat) {
    Identity identity = seat.identity();
    connection.seat(seat);
    connection.budget(seat.budget());
    if (connection.state() instanceof AwaitingAuth awaiting) {
      connection.become(awaiting.authenticated(identity));
    }
    seat.open(connection);
    LOG.infof(
        "event=connected connection=%s protocol=%s user=%s",
        connection.connectionId(), connection.dialect().name(), identity.userId());
    recheck(connection, identity);
  }

  private void accept(Connection connection, String frameId, Identity identity) {
    switch (connection.state()) {
      case AwaitingAuth awaiting -> welcome(connection, frameId, identity, awaiting);
      case Authenticated authenticated -> renew(connection, frameId, identity, authenticated);
      case Closing closing -> {
        // Too late.
      }
    }
  }

  private void welcome(
      Connection connection, String frameId, Identity identity, AwaitingAuth awaiting) {
    Optional<UserBudgets.Budget> budget = budgets.enter(identity.userId());
    if (budget.isEmpty()) {
      String message =
          "a user may have %d connections".formatted(config.limits().maxConnectionsPerUser());
      connection.send(V1Frames.error(frameId, ErrorCode.RATE_LIMITED, message, null, null));
      connection.close(CloseCode.TOO_MANY_VIOLATIONS);
      return;
    }
    connection.budget(budget.get());
    connection.become(awaiting.authenticated(identity));
    connection.send(success(frameId, identity));
    fanout.connected(connection);
    LOG.infof(
        "event=connected connection=%s user=%s", connection.connectionId(), identity.userId());
    recheck(connection, identity);
  }

  private void renew(
      Connection connection, String frameId, Identity identity, Authenticated present) {
    if (!identity.userId().equals(present.identity().userId())) {
      String message = "a connection stays with its user; open another one";
      connection.send(V1Frames.error(frameId, ErrorCode.FORBIDDEN, message, "token", null));
      return;
    }
    connection.become(present.renewed(identity));
    connection.send(success(frameId, identity));
    recheck(connection, identity);
  }

  private void recheck(Connection connection, Identity identity) {
    // Revoked after the token was judged and before this connection could be found by its session.
    if (revocations.isRevoked(identity.sessionId())) {
      connection.close(CloseCode.SESSION_REVOKED);
    }
  }

  private Frame success(String frameId, Identity identity) {
    ConnectionConfig.Limits limits = config.limits();
    Map<String, Object> data =
        Map.of(
            "session_id", identity.sessionId(),
            "expires_at", identity.expiresAt(),
            "heartbeat_seconds", config.heartbeat().interval().toSeconds(),
            "limits",
                Map.of(
                    "max_message_chars", limits.maxMessageChars(),
                    "max_frame_bytes", limits.maxFrameBytes(),
                    "max_json_depth", limits.maxJsonDepth(),
                    "messages", rate(limits.messages().count(), limits.messages().period()),
                    "joins", rate(limits.joins().count(), limits.joins().period())));
    return V1Frames.authSuccess(frameId, identity.userId(), data);
  }

  private static Map<String, Object> rate(int count, java.time.Duration period) {
    return Map.of("count", count, "period_ms", period.toMillis());
  }
}

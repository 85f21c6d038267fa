package dev.confab.gateway.connection;

import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.Actor;
import dev.confab.contracts.chat.ChatCommand;
import dev.confab.contracts.chat.Origin;
import dev.confab.gateway.command.CommandLog;
import dev.confab.gateway.connection.ConnectionState.Authenticated;
import dev.confab.gateway.connection.ConnectionState.AwaitingAuth;
import dev.confab.gateway.connection.ConnectionState.Closing;
import dev.confab.gateway.connection.ConnectionState.Expiring;
import dev.confab.gateway.connection.ConnectionState.Open;
import dev.confab.gateway.dialect.ClientFrame;
import dev.confab.gateway.dialect.Decoded;
import dev.confab.gateway.dialect.Decoded.Refused;
import dev.confab.gateway.dialect.Decoded.Understood;
import dev.confab.gateway.fanout.Fanout;
import dev.confab.gateway.fanout.V1Frames;
import dev.confab.gateway.limit.Rate;
import dev.confab.gateway.limit.VisitorLimits;
import dev.confab.gateway.security.Identity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** What a client's frame does: an answer, a join, a command, or a refusal. On the event loop. */
@ApplicationScoped
class FrameRouter {
  private final Authentication authentication;
  private final Fanout fanout;
  private final CommandLog commands;
  private final VisitorLimits visitors;
  private final ConnectionMetrics metrics;
  private final Rate messages;
  private final Rate joins;
  private final Rate replies;
  private final Rate frames;
  private final Rate violations;

  FrameRouter(
      ConnectionConfig config,
      Authentication authentication,
      Fanout fanout,
      CommandLog commands,
      VisitorLimits visitors,
      ConnectionMetrics metrics) {
    ConnectionConfig.Limits limits = config.limits();
    this.authentication = authentication;
    this.fanout = fanout;
    this.commands = commands;
    this.visitors = visitors;
    this.metrics = metrics;
    this.messages = Rate.of(limits.messages().count(), limits.messages().period());
    this.joins = Rate.of(limits.joins().count(), limits.joins().period());
    this.replies = Rate.of(limits.replies().count(), limits.replies().period());
    this.frames = Rate.of(limits.frames().count(), limits.frames().period());
    this.violations = Rate.of(limits.violations().count(), limits.violations().period());
  }

  /** A client sent text. */
  void received(Connection connection, String text) {
    if (connection.isClosing()) {
      return;
    }
    if (connection.isVerifying()) {
      if (!connection.postpone(text)) {
        connection.close(CloseCode.TOO_MANY_VIOLATIONS);
      }
      return;
    }
    connection.countIn();
    if (!isWithin(frames, connection.frameMeter(), connection, null, "frames of a connection")) {
      return;
    }
    Decoded decoded = connection.dialect().decoder().decode(text, connection.conversationId());
    switch (connection.state()) {
      case AwaitingAuth awaiting -> first(connection, decoded);
      case Open open -> take(connection, decoded, open);
      case Expiring expiring -> renewOnly(connection, decoded);
      case Closing closing -> {
        // Nothing counts any more.
      }
    }
  }

  /** A client sent bytes, which no frame is made of. */
  void receivedBinary(Connection connection) {
    if (connection.isClosing()) {
      return;
    }
    connection.countIn();
    if (connection.state() instanceof AwaitingAuth) {
      connection.close(CloseCode.NOT_AUTHENTICATED);
    } else {
      String message = "a frame is text, not binary";
      refuse(connection, new Refused(null, ErrorCode.INVALID_FRAME, message, null), null);
    }
  }

  private void first(Connection connection, Decoded decoded) {
    if (decoded instanceof Understood(String id, ClientFrame.Auth auth)) {
      verify(connection, id, auth);
    } else {
      connection.close(CloseCode.NOT_AUTHENTICATED);
    }
  }

  private void renewOnly(Connection connection, Decoded decoded) {
    if (decoded instanceof Understood(String id, ClientFrame.Auth auth)) {
      verify(connection, id, auth);
    } else {
      String message = "the token expired: send auth with a new one";
      Refused refused = new Refused(decoded.frameId(), ErrorCode.TOKEN_EXPIRED, message, null);
      refuse(connection, refused, null);
    }
  }

  private void verify(Connection connection, String frameId, ClientFrame.Auth auth) {
    authentication.verify(connection, frameId, auth.token(), text -> received(connection, text));
  }

  private void take(Connection connection, Decoded decoded, Authenticated state) {
    switch (decoded) {
      case Refused refused -> refuse(connection, refused, null);
      case Understood(String id, ClientFrame frame) -> {
        ErrorCode refusal = VisitorFrames.refusal(state.identity(), frame);
        if (refusal == null) {
          handle(connection, id, frame, state.identity().actor());
        } else {
          String message = "a visitor has no such thing";
          refuse(connection, new Refused(id, refusal, message, null), null);
        }
      }
    }
  }

  private void handle(Connection connection, String id, ClientFrame frame, Actor actor) {
    switch (frame) {
      case ClientFrame.Auth auth -> verify(connection, id, auth);
      case ClientFrame.Ping ping -> connection.subscriber().send(V1Frames.pong(id));
      case ClientFrame.Join join -> join(connection, id, join);
      case ClientFrame.Leave leave -> {
        fanout.leave(connection.subscriber(), leave.conversationId());
        acknowledge(connection, id);
      }
      case ClientFrame.WatchDesk watch -> watchDesk(connection, id, actor);
      case ClientFrame.UnwatchDesk unwatch -> {
        fanout.unwatchDesk(connection.subscriber());
        acknowledge(connection, id);
      }
      case ClientFrame.Typing typing -> type(connection, id, typing);
      case ClientFrame.Send send -> {
        if (mayWrite(connection, id)) {
          submit(connection, id, command(connection, actor, send));
        }
      }
      case ClientFrame.Edit edit -> {
        if (mayWrite(connection, id)) {
          submit(connection, id, command(connection, actor, edit));
        }
      }
      case ClientFrame.RequestReply request -> {
        if (isWithin(replies, connection.budget().replies, connection, id, "replies")) {
          submit(connection, id, command(connection, actor, request));
        }
      }
      case ClientFrame.StopReply stop -> submit(connection, id, command(connection, actor, stop));
      case ClientFrame.Delete delete -> submit(connection, id, command(connection, actor, delete));
      case ClientFrame.React react -> {
        if (mayWrite(connection, id)) {
          submit(connection, id, command(connection, actor, react));
        }
      }
      case ClientFrame.MarkRead read -> submit(connection, id, command(connection, actor, read));
      case ClientFrame.HandOver hand -> submit(connection, id, command(connection, actor, hand));
    }
  }

  private void join(Connection connection, String id, ClientFrame.Join join) {
    if (isWithin(joins, connection.budget().joins, connection, id, "joins")) {
      fanout.join(
          connection.subscriber(), join.conversationId(), join.afterSeq(), join.history(), id);
    }
  }

  private void watchDesk(Connection connection, String id, Actor actor) {
    if (connection.subscriber().staffRole() == null) {
      String message = "operators watch the desk";
      refuse(connection, new Refused(id, ErrorCode.FORBIDDEN, message, null), null);
      return;
    }
    fanout
        .watchDesk(connection.subscriber(), actor.name())
        .onComplete(
            done -> {
              if (done.succeeded()) {
                acknowledge(connection, id);
              } else {
                String message = "too many watch the desk here";
                refuse(connection, new Refused(id, ErrorCode.RATE_LIMITED, message, null), null);
              }
            });
  }

  private void type(Connection connection, String id, ClientFrame.Typing typing) {
    if (fanout.isJoined(connection.subscriber(), typing.conversationId())) {
      fanout.typing(connection.subscriber(), typing.conversationId(), typing.isTyping());
      acknowledge(connection, id);
    } else {
      String message = "the conversation is not joined";
      refuse(connection, new Refused(id, ErrorCode.NOT_FOUND, message, "conversation_id"), null);
    }
  }

  private boolean mayWrite(Connection connection, String id) {
    return isWithin(messages, connection.budget().messages, connection, id, "messages")
        && mayVisit(connection, id);
  }

  /** Visitors are also many: what comes from one place is bounded. */
  private boolean mayVisit(Connection connection, String id) {
    Seat seat = connection.seat();
    long wait = seat == null || seat.place() == null ? 0 : visitors.message(seat.place());
    if (wait > 0) {
      String message = "too many messages come from there";
      Refused refused = new Refused(id, ErrorCode.RATE_LIMITED, message, null);
      refuse(connection, refused, TimeUnit.NANOSECONDS.toMillis(wait) + 1);
    }
    return wait == 0;
  }

  private void submit(Connection connection, String id, ChatCommand command) {
    commands.submit(connection.subscriber(), command, id);
  }

  private ChatCommand command(Connection connection, Actor actor, ClientFrame frame) {
    String commandId = UUID.randomUUID().toString();
    Origin origin = new Origin(commands.gatewayId(), connection.connectionId());
    return switch (frame) {
      case ClientFrame.Send f ->
          new ChatCommand.SendMessage(
              commandId,
              f.conversationId(),
              actor,
              origin,
              f.clientId() == null ? UUID.randomUUID().toString() : f.clientId(),
              f.content(),
              f.replyTo(),
              actor.roles().contains(Identity.VISITOR) ? null : f.assistantId());
      case ClientFrame.RequestReply f ->
          new ChatCommand.RequestReply(
              commandId, f.conversationId(), actor, origin, f.messageId(), f.assistantId());
      case ClientFrame.StopReply f ->
          new ChatCommand.StopReply(commandId, f.conversationId(), actor, origin, f.messageId());
      case ClientFrame.Edit f ->
          new ChatCommand.EditMessage(
              commandId, f.conversationId(), actor, origin, f.messageId(), f.content());
      case ClientFrame.Delete f ->
          new ChatCommand.DeleteMessage(
              commandId, f.conversationId(), actor, origin, f.messageId());
      case ClientFrame.React f ->
          new ChatCommand.React(
              commandId, f.conversationId(), actor, origin, f.messageId(), f.emoji(), f.on());
      case ClientFrame.MarkRead f ->
          new ChatCommand.MarkRead(commandId, f.conversationId(), actor, origin, f.seq());
      case ClientFrame.HandOver f ->
          new ChatCommand.HandOver(
              commandId,
              f.conversationId(),
              actor,
              origin,
              f.action(),
              f.userId(),
              f.userName(),
              f.reason());
      default -> throw new IllegalArgumentException("not a command: " + frame.getClass());
    };
  }

  private static void acknowledge(Connection connection, String frameId) {
    if (frameId != null) {
      connection.subscriber().send(V1Frames.ack(frameId));
    }
  }

  private boolean isWithin(
      Rate rate, Rate.Meter meter, Connection connection, String frameId, String what) {
    long wait = meter.take(rate, System.nanoTime());
    if (wait == 0) {
      return true;
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(rate.periodNanos());
    String message = "at most %d %s in %d s".formatted(rate.count(), what, seconds);
    Refused refused = new Refused(frameId, ErrorCode.RATE_LIMITED, message, null);
    refuse(connection, refused, TimeUnit.NANOSECONDS.toMillis(wait) + 1);
    return false;
  }

  private void refuse(Connection connection, Refused refused, Long retryAfterMs) {
    metrics.frameRefused();
    connection
        .subscriber()
        .send(
            V1Frames.error(
                refused.frameId(),
                refused.code(),
                refused.message(),
                refused.field(),
                retryAfterMs));
    if (connection.violationMeter().take(violations, System.nanoTime()) > 0) {
      connection.close(CloseCode.TOO_MANY_VIOLATIONS);
    }
  }
}

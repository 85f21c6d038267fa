package dev.confab.gateway.connection;

import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.aichat.SessionLists;
import dev.confab.gateway.chatservice.ChatServiceClient;
import dev.confab.gateway.chatservice.ChatServiceClient.UnknownConversation;
import dev.confab.gateway.command.CommandLog;
import dev.confab.gateway.dialect.DialogSide;
import dev.confab.gateway.dialog.Dialogs;
import dev.confab.gateway.dialog.NotAdmitted;
import dev.confab.gateway.dialog.Visitors;
import dev.confab.gateway.fanout.EntryRefused;
import dev.confab.gateway.fanout.Fanout;
import dev.confab.gateway.limit.Rate;
import dev.confab.gateway.limit.VisitorLimits;
import dev.confab.gateway.security.Identity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Gives dialects their seats: finds what a socket is about and subscribes it, all before its
 * upgrade is answered.
 */
@ApplicationScoped
class Admission {
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9._~-]{1,128}");
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;

  /** No socket opens. Expected, so it has no stack trace. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;

    Refusal(int status) {
      super("refused with " + status, null, false, false);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  private final ConnectionConfig config;
  private final Connections connections;
  private final Dialects dialects;
  private final UserBudgets budgets;
  private final Fanout fanout;
  private final SessionLists lists;
  private final CommandLog commands;
  private final ChatServiceClient chat;
  private final Dialogs dialogs;
  private final Visitors visitors;
  private final Vertx vertx;
  private final Rate joins;

  Admission(
      ConnectionConfig config,
      Connections connections,
      Dialects dialects,
      UserBudgets budgets,
      Fanout fanout,
      SessionLists lists,
      CommandLog commands,
      ChatServiceClient chat,
      Dialogs dialogs,
      Visitors visitors,
      Vertx vertx) {
    this.config = config;
    this.connections = connections;
    this.dialects = dialects;
    this.budgets = budgets;
    this.fanout = fanout;
    this.lists = lists;
    this.commands = commands;
    this.chat = chat;
    this.dialogs = dialogs;
    this.visitors = visitors;
    this.vertx = vertx;
    ConnectionConfig.Joins limit = config.limits().joins();
    this.joins = Rate.of(limit.count(), limit.period());
  }

  /** A seat in the conversation that the user calls by this label. */
  Future<Seat> session(Identity identity, String label, boolean streams) {
    if (label == null || !LABEL.matcher(label).matches()) {
      return refused(NOT_FOUND);
    }
    return seated(
        identity,
        budget ->
            chat.session(identity.userId(), identity.name(), label)
                .compose(
                    id ->
                        enter(
                            seat(
                                identity,
                                dialects.session(streams),
                                id,
                                budget,
                                Seat.Rights.NONE))));
  }

  /** A seat in a conversation that the user takes part in. */
  Future<Seat> aiChat(Identity identity, String conversationId) {
    if (conversationId == null || !LABEL.matcher(conversationId).matches()) {
      return refused(NOT_FOUND);
    }
    return seated(
        identity,
        budget ->
            enter(seat(identity, dialects.aiChat(), conversationId, budget, Seat.Rights.NONE)));
  }

  /** An operator's seat in a support dialog. */
  Future<Seat> panel(Identity identity, String dialogId, boolean streams) {
    if (identity.staffRole() == null) {
      return refused(FORBIDDEN);
    }
    if (dialogId == null || !LABEL.matcher(dialogId).matches()) {
      return refused(NOT_FOUND);
    }
    Dialect dialect = dialects.dialog(DialogSide.PANEL, streams);
    Seat.Rights rights = new Seat.Rights(identity.staffRole(), null);
    return seated(
        identity,
        budget ->
            dialogs
                .find(dialogId, null)
                .compose(dialog -> enter(seat(identity, dialect, dialogId, budget, rights))));
  }

  /**
   * A visitor's seat in their support dialog.
   *
   * @param place where they come from
   */
  Future<Seat> widget(Visitors.Wish wish, VisitorLimits.Place place, boolean streams) {
    Dialect dialect = dialects.dialog(DialogSide.WIDGET, streams);
    Seat.Rights rights = new Seat.Rights(null, place);
    return visitors
        .admit(wish)
        .recover(failure -> refused(statusOf(failure)))
        .compose(
            visitor ->
                seated(
                    visitor,
                    budget ->
                        enter(seat(visitor, dialect, visitor.conversationId(), budget, rights))));
  }

  /** A seat before the list of the user's sessions. */
  Future<Seat> sessionList(Identity identity) {
    return seated(
        identity,
        budget -> {
          Seat seat = seat(identity, dialects.aiChat(), null, budget, Seat.Rights.NONE);
          return lists.watch(seat).map(seat);
        });
  }

  /** What is left to do once a user may have one more connection. */
  private interface Seating {
    Future<Seat> with(UserBudgets.Budget budget);
  }

  private Future<Seat> seated(Identity identity, Seating seating) {
    Optional<UserBudgets.Budget> budget = budgets.enter(identity.userId());
    if (budget.isEmpty()) {
      return refused(TOO_MANY);
    }
    if (budget.get().joins.take(joins, System.nanoTime()) > 0) {
      budgets.leave(identity.userId());
      return refused(TOO_MANY);
    }
    return seating
        .with(budget.get())
        .onSuccess(this::watchOver)
        .recover(
            failure -> {
              budgets.leave(identity.userId());
              return refused(statusOf(failure));
            });
  }

  private Seat seat(
      Identity identity,
      Dialect dialect,
      String conversationId,
      UserBudgets.Budget budget,
      Seat.Rights rights) {
    Identity lasting = identity.lasting(Instant.now().plus(config.dialectLife()));
    return new Seat(connections.nextId(), lasting, dialect, conversationId, budget, rights);
  }

  private Future<Seat> enter(Seat seat) {
    return fanout
        .enter(seat, seat.conversationId())
        .map(seat)
        .onFailure(failure -> fanout.disconnected(seat));
  }

  private static int statusOf(Throwable failure) {
    return switch (failure) {
      case EntryRefused refused when refused.code() == ErrorCode.NOT_FOUND -> NOT_FOUND;
      case UnknownConversation unknown -> NOT_FOUND;
      case NotAdmitted refused -> refused.code().httpStatus();
      default -> UNAVAILABLE;
    };
  }

  private static <T> Future<T> refused(int status) {
    return Future.failedFuture(new Refusal(status));
  }

  /** Nothing tells of an upgrade that failed after it was allowed. */
  private void watchOver(Seat seat) {
    vertx.setTimer(
        TimeUnit.SECONDS.toMillis(config.authenticationTimeout().toSeconds()),
        timer -> {
          if (!seat.isOpen()) {
            leave(seat);
          }
        });
  }

  /** Gives a seat up, with all that others know of it. */
  void leave(Seat seat) {
    if (!seat.leave()) {
      return;
    }
    if (seat.conversationId() == null) {
      lists.unwatch(seat);
    } else {
      commands.disconnected(seat);
      fanout.disconnected(seat);
    }
    budgets.leave(seat.userId());
  }
}

package dev.confab.gateway.connection;

import dev.confab.gateway.aichat.SessionLists;
import dev.confab.gateway.fanout.Frame;
import dev.confab.gateway.fanout.Subscriber;
import dev.confab.gateway.fanout.Translated;
import dev.confab.gateway.limit.VisitorLimits;
import dev.confab.gateway.security.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A dialect's connection as others see it. It takes its place before the upgrade is answered, so
 * that nothing is missed; what comes before the socket is open waits here, already in the dialect's
 * words.
 */
final class Seat implements Subscriber, SessionLists.Watcher {
  private static final int MAX_EARLY_FRAMES = 4_096;

  private final String connectionId;
  private final Identity identity;
  private final Dialect dialect;
  private final String conversationId;
  private final UserBudgets.Budget budget;
  private final Rights rights;
  private final AtomicBoolean left = new AtomicBoolean();
  private List<Frame> early = new ArrayList<>(2);
  private Connection connection;
  private boolean overrun;

  /**
   * What a seat is given for beside its user's membership.
   *
   * @param staffRole the role by which the user may look on without taking part, or null
   * @param place where a visitor comes from, or null
   */
  record Rights(String staffRole, VisitorLimits.Place place) {
    static final Rights NONE = new Rights(null, null);
  }

  /**
   * Takes a place.
   *
   * @param identity whom it speaks for, as long as its session lives
   * @param conversationId what it is about; null for a list of sessions
   */
  Seat(
      String connectionId,
      Identity identity,
      Dialect dialect,
      String conversationId,
      UserBudgets.Budget budget,
      Rights rights) {
    this.connectionId = connectionId;
    this.identity = identity;
    this.dialect = dialect;
    this.conversationId = conversationId;
    this.budget = budget;
    this.rights = rights;
  }

  Identity identity() {
    return identity;
  }

  Dialect dialect() {
    return dialect;
  }

  String conversationId() {
    return conversationId;
  }

  UserBudgets.Budget budget() {
    return budget;
  }

  @Override
  public String connectionId() {
    return connectionId;
  }

  @Override
  public String userId() {
    return identity.userId();
  }

  /** Where a visitor comes from, or null. */
  VisitorLimits.Place place() {
    return rights.place();
  }

  @Override
  public String staffRole() {
    return rights.staffRole();
  }

  @Override
  public boolean isVisitors() {
    return identity.isVisitor();
  }

  @Override
  public void shutOut(String shut) {
    if (rights.staffRole() != null) {
      close(CloseCode.NOT_ALLOWED.code(), CloseCode.NOT_ALLOWED.reason());
    }
  }

  @Override
  public void send(Frame frame) {
    Translated translated = frame.in(dialect.translator());
    if (translated.isFor(identity.userId())) {
      translated.frames().forEach(this::deliver);
    }
  }

  @Override
  public synchronized void deliver(Frame translated) {
    if (connection != null) {
      connection.send(translated);
    } else if (early.size() < MAX_EARLY_FRAMES) {
      early.add(translated);
    } else {
      overrun = true;
    }
  }

  /** The socket is open: what waited goes out, the rest follows. */
  synchronized void open(Connection opened) {
    connection = opened;
    early.forEach(opened::send);
    early = null;
    if (overrun) {
      opened.close(CloseCode.TOO_SLOW);
    }
  }

  synchronized boolean isOpen() {
    return connection != null;
  }

  /** Gives the place up; true the first time. */
  boolean leave() {
    return left.compareAndSet(false, true);
  }

  @Override
  public synchronized boolean isDrained() {
    return connection == null || connection.isDrained();
  }

  @Override
  public synchronized void close(int code, String reason) {
    if (connection != null) {
      connection.close(code, reason);
    } else {
      overrun = true;
    }
  }
}

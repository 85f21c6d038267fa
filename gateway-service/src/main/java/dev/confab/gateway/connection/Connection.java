package dev.confab.gateway.connection;

import dev.confab.gateway.connection.ConnectionState.Authenticated;
import dev.confab.gateway.connection.ConnectionState.AwaitingAuth;
import dev.confab.gateway.connection.ConnectionState.Closing;
import dev.confab.gateway.fanout.Frame;
import dev.confab.gateway.fanout.Subscriber;
import dev.confab.gateway.limit.Rate;
import dev.confab.gateway.security.Identity;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.BiConsumer;

/**
 * One socket. Frames may be sent from any thread; everything else happens on the socket's event
 * loop. It has no timers of its own: one sweep looks after all connections.
 */
final class Connection implements Subscriber {
  private static final AtomicIntegerFieldUpdater<Connection> UNSENT =
      AtomicIntegerFieldUpdater.newUpdater(Connection.class, "unsentBytes");
  private static final AtomicIntegerFieldUpdater<Connection> CLOSE_ASKED =
      AtomicIntegerFieldUpdater.newUpdater(Connection.class, "closeAsked");
  private static final ByteBuf PING =
      Unpooled.unreleasableBuffer(Unpooled.directBuffer(2, 2).writeByte(0x89).writeByte(0));
  private static final int MAX_POSTPONED = 64;

  private final String id;
  private final Dialect dialect;
  private final LoopWriter writer;
  private final ChannelHandlerContext out;
  private final boolean compresses;
  private final ConnectionConfig.Outbound limits;
  private final ConnectionMetrics metrics;
  private final BiConsumer<Integer, String> closer;
  private final Rate.Meter frames;
  private final Rate.Meter violations;
  private final long openedAt = System.nanoTime();
  private OutboundQueue queue;
  private Deque<String> postponed;
  private UserBudgets.Budget budget;
  private Seat seat;
  private boolean touched;
  private int framesIn;
  private int framesOut;
  private long pingedAt = openedAt;
  private volatile ConnectionState state;
  private volatile long seenAt = openedAt;
  private volatile long crowdedSince;
  private volatile long closingSince;
  private volatile int unsentBytes;
  private volatile int closeAsked;

  /**
   * Takes over an open socket.
   *
   * @param out where encoded frames enter the pipeline
   * @param compresses whether the client reads compressed frames
   * @param closer sends the close frame
   */
  Connection(
      String id,
      Dialect dialect,
      LoopWriter writer,
      ChannelHandlerContext out,
      boolean compresses,
      ConnectionConfig config,
      ConnectionMetrics metrics,
      BiConsumer<Integer, String> closer) {
    this.id = id;
    this.dialect = dialect;
    this.writer = writer;
    this.out = out;
    this.compresses = compresses;
    this.limits = config.outbound();
    this.metrics = metrics;
    this.closer = closer;
    this.frames = new Rate.Meter(openedAt);
    this.violations = new Rate.Meter(openedAt);
    this.state = new AwaitingAuth(openedAt + config.authenticationTimeout().toNanos());
  }

  @Override
  public String connectionId() {
    return id;
  }

  /** Null until authenticated. */
  @Override
  public String userId() {
    Identity identity = identity();
    return identity == null ? null : identity.userId();
  }

  @Override
  public String staffRole() {
    Identity identity = identity();
    return identity == null ? null : identity.staffRole();
  }

  @Override
  public boolean isVisitors() {
    Identity identity = identity();
    return identity != null && identity.isVisitor();
  }

  @Override
  public void send(Frame frame) {
    if (closeAsked != 0) {
      return;
    }
    int size = frame.json().length();
    int unsent = UNSENT.addAndGet(this, size);
    if (unsent <= limits.maxQueuedBytes()) {
      writer.send(this, frame);
    } else if (frame instanceof Frame.Signal) {
      UNSENT.addAndGet(this, -size);
    } else if (unsent > limits.maxBurstBytes() || isOutOfPatience(System.nanoTime())) {
      overflow();
    } else {
      writer.send(this, frame);
    }
  }

  @Override
  public boolean isDrained() {
    return unsentBytes == 0;
  }

  /** Whether the queue stood above its bound for too long; starts and stops that clock as well. */
  boolean isOutOfPatience(long now) {
    if (unsentBytes <= limits.maxQueuedBytes()) {
      crowdedSince = 0;
      return false;
    }
    if (crowdedSince == 0) {
      // Zero stands for "not crowded"; one nanosecond is nothing.
      crowdedSince = now == 0 ? 1 : now;
    }
    return now - crowdedSince > limits.patience().toNanos();
  }

  void overflow() {
    if (closeAsked == 0) {
      metrics.overflowed();
    }
    close(CloseCode.TOO_SLOW);
  }

  @Override
  public void close(int code, String reason) {
    if (CLOSE_ASKED.compareAndSet(this, 0, code)) {
      closingSince = System.nanoTime();
      writer.act(this, c -> c.closeNow(code, reason));
    }
  }

  /** The transport closed by itself, with that code: nothing more is to be said. */
  void closedWith(int code) {
    if (CLOSE_ASKED.compareAndSet(this, 0, code)) {
      closingSince = System.nanoTime();
    }
  }

  void close(CloseCode why) {
    close(why.code(), why.reason());
  }

  private void closeNow(int code, String reason) {
    if (queue != null) {
      queue.clear();
    }
    state = new Closing(code, Optional.ofNullable(identity()));
    flush();
    closer.accept(code, reason);
  }

  // What follows runs on the event loop.

  void write(Frame frame) {
    int size = frame.json().length();
    if (state instanceof Closing) {
      UNSENT.addAndGet(this, -size);
    } else if ((queue == null || queue.isEmpty()) && channel().isWritable()) {
      UNSENT.addAndGet(this, -size);
      put(frame);
    } else {
      int before = queue().bytes();
      queue.add(frame);
      UNSENT.addAndGet(this, queue.bytes() - before - size);
    }
  }

  /** Writes what waited, as far as the socket takes it. */
  void drain() {
    if (queue == null || queue.isEmpty() || state instanceof Closing) {
      return;
    }
    while (!queue.isEmpty() && channel().isWritable()) {
      int before = queue.bytes();
      put(queue.poll());
      UNSENT.addAndGet(this, queue.bytes() - before);
    }
    if (queue.isEmpty()) {
      queue = null;
    }
    writer.forget();
    out.flush();
  }

  private void put(Frame frame) {
    out.write(writer.encode(out.alloc(), frame, compresses), channel().voidPromise());
    framesOut++;
    metrics.frameSent();
  }

  private OutboundQueue queue() {
    if (queue == null) {
      queue = new OutboundQueue(dialect.merging());
    }
    return queue;
  }

  /** Notes that something was written; false if that was noted already. */
  boolean touch() {
    boolean first = !touched;
    touched = true;
    return first;
  }

  void flush() {
    touched = false;
    out.flush();
  }

  void ping(long now) {
    pingedAt = now;
    writer.act(this, c -> c.out.write(PING.duplicate(), c.channel().voidPromise()));
  }

  /** Runs on the event loop, after the frames sent so far. */
  void onLoop(Runnable action) {
    writer.act(this, c -> action.run());
  }

  /** Ends the transport without further words. */
  void abandon() {
    channel().close();
  }

  private Channel channel() {
    return out.channel();
  }

  void seen() {
    seenAt = System.nanoTime();
  }

  ConnectionState state() {
    return state;
  }

  void become(ConnectionState next) {
    if (!(state instanceof Closing)) {
      state = next;
    }
  }

  /** Who it speaks for, or spoke for when it was closed; null if never authenticated. */
  Identity identity() {
    return switch (state) {
      case Authenticated authenticated -> authenticated.identity();
      case Closing closing -> closing.identity().orElse(null);
      case AwaitingAuth awaiting -> null;
    };
  }

  boolean isClosing() {
    return closeAsked != 0;
  }

  /** The code this side closed with, or 0. */
  int closedWith() {
    return closeAsked;
  }

  long closingSince() {
    return closingSince;
  }

  long seenAt() {
    return seenAt;
  }

  long pingedAt() {
    return pingedAt;
  }

  long openedAt() {
    return openedAt;
  }

  UserBudgets.Budget budget() {
    return budget;
  }

  void budget(UserBudgets.Budget own) {
    budget = own;
  }

  Dialect dialect() {
    return dialect;
  }

  /** Its place where it speaks a dialect; null in v1. */
  Seat seat() {
    return seat;
  }

  void seat(Seat own) {
    seat = own;
  }

  /** The connection as conversations know it, who tell it v1 frames. */
  Subscriber subscriber() {
    return seat == null ? this : seat;
  }

  /** The conversation it is about; null where frames name it. */
  String conversationId() {
    return seat == null ? null : seat.conversationId();
  }

  Rate.Meter frameMeter() {
    return frames;
  }

  Rate.Meter violationMeter() {
    return violations;
  }

  void countIn() {
    framesIn++;
    metrics.frameReceived();
  }

  int framesIn() {
    return framesIn;
  }

  int framesOut() {
    return framesOut;
  }

  /** Frames have to wait from now on, because a token is being verified. */
  void beginVerifying() {
    postponed = new ArrayDeque<>(2);
  }

  boolean isVerifying() {
    return postponed != null;
  }

  /** Keeps a frame for after the verification; false if too many wait already. */
  boolean postpone(String text) {
    return postponed.size() < MAX_POSTPONED && postponed.add(text);
  }

  /** Frames that waited, in order. */
  Deque<String> endVerifying() {
    Deque<String> waited = postponed;
    postponed = null;
    return waited;
  }

  @Override
  public String toString() {
    return "Connection[" + id + ']';
  }
}

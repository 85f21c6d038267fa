package dev.confab.gateway.connection;

import dev.confab.gateway.fanout.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import org.jboss.logging.Logger;

/**
 * Hands frames over to the sockets of one event loop: any number of sends in a row become one task
 * on the loop, and each socket is flushed once. A frame that goes to many sockets is encoded once.
 *
 * <p>Under load flushing would take most of a loop's time, one system call for each frame and
 * socket. So a flush that took long is followed by a pause in proportion, in which further frames
 * for the same sockets gather; a flush of a few sockets is followed by none that anybody notices.
 */
final class LoopWriter implements Runnable {
  private static final Logger LOG = Logger.getLogger(LoopWriter.class);

  /** Tasks done in one go before the loop may look after its sockets again. */
  private static final int MAX_BATCH = 4096;

  /** A pause is this many times as long as the flush before it. */
  private static final int PAUSE_FACTOR = 4;

  private static final long LONGEST_PAUSE_NANOS = 25_000_000;

  private sealed interface Task {
    Connection connection();
  }

  private record Send(Connection connection, Frame frame) implements Task {}

  private record Act(Connection connection, Consumer<Connection> action) implements Task {}

  private final EventLoop loop;
  private final int compressFromBytes;
  private final int compressionLevel;
  private final Queue<Task> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final List<Connection> touched = new ArrayList<>();
  private long nextFlushAt = System.nanoTime();
  private boolean flushPlanned;
  private Deflater deflater;
  private Frame encoded;
  private ByteBuf plain;
  private ByteBuf compressed;

  LoopWriter(EventLoop loop, ConnectionConfig.Outbound config) {
    this.loop = loop;
    this.compressFromBytes = config.compressFromBytes();
    this.compressionLevel = config.compressionLevel();
  }

  /** Sends a frame on the loop; thread-safe. */
  void send(Connection connection, Frame frame) {
    submit(new Send(connection, frame));
  }

  /** Runs an action on the loop, in order with the frames; thread-safe. */
  void act(Connection connection, Consumer<Connection> action) {
    submit(new Act(connection, action));
  }

  private void submit(Task task) {
    inbox.add(task);
    schedule();
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      loop.execute(this);
    }
  }

  @Override
  public void run() {
    for (int done = 0; done < MAX_BATCH; done++) {
      Task task = inbox.poll();
      if (task == null) {
        break;
      }
      perform(task);
    }
    forget();
    flushInTurn();
    scheduled.set(false);
    if (!inbox.isEmpty()) {
      schedule();
    }
  }

  private void perform(Task task) {
    Connection connection = task.connection();
    try {
      switch (task) {
        case Send send -> connection.write(send.frame());
        case Act act -> act.action().accept(connection);
      }
    } catch (RuntimeException e) {
      // One connection's trouble is not the others'.
      LOG.errorf(e, "event=connection_failed connection=%s", connection.connectionId());
      connection.abandon();
    }
    if (connection.touch()) {
      touched.add(connection);
    }
  }

  private void flushInTurn() {
    if (touched.isEmpty() || flushPlanned) {
      return;
    }
    long wait = nextFlushAt - System.nanoTime();
    if (wait <= 0) {
      flush();
    } else {
      flushPlanned = true;
      loop.schedule(this::flushPlanned, wait, TimeUnit.NANOSECONDS);
    }
  }

  private void flushPlanned() {
    flushPlanned = false;
    flush();
  }

  private void flush() {
    long begin = System.nanoTime();
    touched.forEach(Connection::flush);
    touched.clear();
    long end = System.nanoTime();
    nextFlushAt = end + Math.min(LONGEST_PAUSE_NANOS, PAUSE_FACTOR * (end - begin));
  }

  /**
   * A frame in the bytes of the wire, for one more socket to release. On the loop only.
   *
   * @param mayCompress whether the client reads compressed frames
   */
  ByteBuf encode(ByteBufAllocator allocator, Frame frame, boolean mayCompress) {
    if (encoded != frame) {
      forget();
      encoded = frame;
    }
    if (mayCompress && frame.json().length() >= compressFromBytes) {
      if (compressed == null) {
        compressed = WireFrame.compressed(allocator, deflater(), frame.json());
      }
      return compressed.retainedDuplicate();
    }
    if (plain == null) {
      plain = WireFrame.plain(allocator, frame.json());
    }
    return plain.retainedDuplicate();
  }

  /** Lets go of the last encoded frame. On the loop only. */
  void forget() {
    encoded = null;
    if (plain != null) {
      plain.release();
      plain = null;
    }
    if (compressed != null) {
      compressed.release();
      compressed = null;
    }
  }

  private Deflater deflater() {
    if (deflater == null) {
      deflater = new Deflater(compressionLevel, true);
    }
    return deflater;
  }
}

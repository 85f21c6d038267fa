package dev.confab.loadtests.scenario;

import dev.confab.loadtests.client.FrameScan;
import dev.confab.loadtests.client.Guest;
import dev.confab.loadtests.client.Socket;
import dev.confab.loadtests.measure.Pace;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One member who fills a conversation over sockets, with a window of messages that are not
 * acknowledged yet.
 *
 * @param account signs in; asked again before a token expires
 * @param rate at most so many messages per second
 * @param window so many may be unacknowledged
 */
record Filler(World world, Supplier<Guest> account, double rate, int window, int sockets) {
  private static final long PATIENCE_SECONDS = 30;
  private static final long RENEWAL_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final int PROGRESS = 100_000;

  Filler {
    if (rate <= 0 || window < 1 || sockets < 1) {
      throw new IllegalArgumentException("filling wants a rate, a window and a socket");
    }
  }

  /** As the options say. */
  static Filler of(World world, Supplier<Guest> account, Options options, double presumedRate) {
    return new Filler(
        world,
        account,
        options.decimal("fill-rate", presumedRate),
        options.number("fill-window", 1_000),
        options.number("fill-sockets", 1));
  }

  /**
   * Fills until the conversation's last number is this one; what is there already stays.
   *
   * @param content of a message by the number which it gets
   */
  void fillTo(String conversation, long lastSeq, LongFunction<String> content) {
    sent(conversation, present -> new Span(present, lastSeq), content);
  }

  /**
   * Adds so many messages, whatever is there already.
   *
   * @param content of a message by its place among those that are added, from 1 on
   */
  void add(String conversation, long count, LongFunction<String> content) {
    sent(conversation, present -> new Span(0, count), content);
  }

  private void sent(String conversation, LongFunction<Span> wanted, LongFunction<String> content) {
    Guest guest = account.get();
    Filling filling = new Filling(window);
    List<Socket> open =
        IntStream.range(0, sockets)
            .mapToObj(i -> World.get(world.sockets().open(guest, i, filling)))
            .toList();
    try {
      Span span = wanted.apply(World.get(open.getFirst().join(conversation)));
      if (span.present() < span.length()) {
        send(open, conversation, span, filling, content);
      }
    } finally {
      filling.done = true;
      open.forEach(Socket::close);
    }
  }

  private record Span(long present, long length) {
    double seconds(double rate) {
      return (length - present) / rate;
    }
  }

  private void send(
      List<Socket> open,
      String conversation,
      Span span,
      Filling filling,
      LongFunction<String> content) {
    String run = UUID.randomUUID().toString();
    long[] state = {span.present(), System.nanoTime()};
    Pace.run(
        rate,
        span.seconds(rate),
        due -> {
          filling.await(1);
          if (System.nanoTime() - state[1] > RENEWAL_NANOS) {
            Guest renewed = account.get();
            open.forEach(socket -> socket.authenticate(renewed));
            state[1] = System.nanoTime();
          }
          long number = ++state[0];
          Socket socket = open.get((int) (number % open.size()));
          socket.message(conversation, content.apply(number), run + number);
          if (number % PROGRESS == 0) {
            System.out.printf("  filled %,d of %,d%n", number, span.length());
          }
        });
    filling.await(window);
  }

  /** What is not acknowledged yet. */
  private static final class Filling implements Socket.Listener {
    private static final byte[] ACK = FrameScan.type("message_ack");

    private final int size;
    private final Semaphore window;
    private final LongAdder acknowledged = new LongAdder();
    private volatile String refusal;
    private volatile boolean done;

    Filling(int window) {
      this.size = window;
      this.window = new Semaphore(window);
    }

    void await(int permits) {
      try {
        long before = acknowledged.sum();
        while (refusal == null && !window.tryAcquire(permits, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          long now = acknowledged.sum();
          if (now == before) {
            throw new IllegalStateException("filling: nothing is acknowledged any more");
          }
          before = now;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      if (refusal != null) {
        throw new IllegalStateException("filling: " + refusal);
      }
    }

    private void refused(String why) {
      refusal = why;
      // Whoever waits sees it at once.
      window.release(size);
    }

    @Override
    public void onFrame(ByteBuf frame) {
      if (FrameScan.isType(frame, ACK)) {
        acknowledged.increment();
        window.release();
      }
    }

    @Override
    public void onError(String frame) {
      if (refusal == null) {
        String hint =
            frame.contains("RATE_LIMITED")
                ? " (start the suite with CONFAB_CONNECTION_LIMITS_MESSAGES_COUNT and"
                    + " CONFAB_CONNECTION_LIMITS_FRAMES_COUNT raised)"
                : "";
        refused(frame + hint);
      }
    }

    @Override
    public void onClosed() {
      if (!done && refusal == null) {
        refused("the connection was closed");
      }
    }
  }
}

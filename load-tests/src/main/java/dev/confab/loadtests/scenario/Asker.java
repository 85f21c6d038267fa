package dev.confab.loadtests.scenario;

import dev.confab.loadtests.client.FrameScan;
import dev.confab.loadtests.client.Guest;
import dev.confab.loadtests.client.Socket;
import dev.confab.loadtests.measure.Latency;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** One who asks an assistant, and listens to the stamped tokens of the demo LLM. */
final class Asker implements Socket.Listener {
  private static final byte[] CONTENT = FrameScan.type("stream_content");
  private static final byte[] COMPLETE = FrameScan.type("stream_complete");

  private final Meters meters;
  private Socket socket;
  private String conversation;
  private volatile boolean again;
  private volatile long askedAt;
  private volatile boolean first;

  Asker(Meters meters) {
    this.meters = meters;
  }

  /** What all askers measure together. */
  record Meters(
      Latency token,
      Latency first,
      Latency beginning,
      LongAdder tokens,
      LongAdder asked,
      LongAdder ended,
      LongAdder errors) {
    Meters() {
      this(
          new Latency(),
          new Latency(),
          new Latency(),
          new LongAdder(),
          new LongAdder(),
          new LongAdder(),
          new LongAdder());
    }

    /** Forgets the warm-up, but neither what was asked nor what ended: replies may be running. */
    void reset() {
      token.reset();
      first.reset();
      beginning.reset();
      tokens.reset();
    }

    /** Adds the latencies by their names. */
    void tell(Map<String, Latency.Summary> latencies) {
      latencies.put("token at the LLM → frame", token.summary());
      latencies.put("first token at the LLM → frame", first.summary());
      latencies.put("question → first frame", beginning.summary());
    }
  }

  Asker connect(World world, Guest guest, int gateway) {
    conversation = world.api().conversation(guest, Map.of("kind", "assistant", "title", "Load"));
    socket = World.get(world.sockets().open(guest, gateway, this));
    World.get(socket.join(conversation));
    return this;
  }

  void ask() {
    first = true;
    askedAt = System.nanoTime();
    meters.asked().increment();
    socket.message(conversation, "Tell me a story");
  }

  /** Asks, and after each reply again until told otherwise. */
  void askOn() {
    again = true;
    ask();
  }

  /** The running reply is the last. */
  void enough() {
    again = false;
  }

  void close() {
    again = false;
    socket.close();
  }

  @Override
  public void onFrame(ByteBuf frame) {
    if (FrameScan.isType(frame, CONTENT)) {
      Instant now = Instant.now();
      long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
      FrameScan.stamps(frame, stamp -> token(micros - stamp));
    } else if (FrameScan.isType(frame, COMPLETE)) {
      meters.ended().increment();
      if (again) {
        ask();
      }
    }
  }

  private void token(long late) {
    meters.tokens().increment();
    meters.token().record(late);
    if (first) {
      first = false;
      meters.first().record(late);
      meters.beginning().record((System.nanoTime() - askedAt) / 1000);
    }
  }

  @Override
  public void onError(String frame) {
    meters.errors().increment();
    System.err.println("the suite refused: " + frame);
  }
}

package dev.confab.loadtests.scenario;

import dev.confab.loadtests.client.DemoLlm;
import dev.confab.loadtests.client.FrameScan;
import dev.confab.loadtests.client.Guest;
import dev.confab.loadtests.client.Socket;
import dev.confab.loadtests.measure.Latency;
import dev.confab.loadtests.report.Result;
import dev.confab.loadtests.suite.Usage;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Replies that stream at once, with the time that each token takes from the LLM server's write to
 * the client's frame. Needs the demo LLM, which stamps its tokens.
 */
public final class Streams implements Scenario {
  private static final byte[] CONTENT = FrameScan.type("stream_content");
  private static final byte[] COMPLETE = FrameScan.type("stream_complete");

  private final String name;
  private final int streams;
  private final int rounds;

  public Streams(String name, int streams, int rounds) {
    this.name = name;
    this.streams = streams;
    this.rounds = rounds;
  }

  @Override
  public String name() {
    return name;
  }

  private record Meters(
      Latency token,
      Latency first,
      Latency beginning,
      LongAdder tokens,
      LongAdder ended,
      LongAdder errors) {
    Meters() {
      this(
          new Latency(),
          new Latency(),
          new Latency(),
          new LongAdder(),
          new LongAdder(),
          new LongAdder());
    }

    void reset() {
      token.reset();
      first.reset();
      beginning.reset();
      tokens.reset();
    }
  }

  /** One who asks, and listens. */
  private static final class Asker implements Socket.Listener {
    private final Meters meters;
    private Socket socket;
    private String conversation;
    private volatile long askedAt;
    private volatile boolean first;

    Asker(Meters meters) {
      this.meters = meters;
    }

    Asker connect(World world, Guest guest, int gateway, Map<String, Object> wanted) {
      conversation = world.api().conversation(guest, wanted);
      socket = World.get(world.sockets().open(guest, gateway, this));
      World.get(socket.join(conversation));
      return this;
    }

    void ask() {
      first = true;
      askedAt = System.nanoTime();
      socket.message(conversation, "Tell me a story");
    }

    @Override
    public void onFrame(ByteBuf frame) {
      if (FrameScan.isType(frame, CONTENT)) {
        Instant now = Instant.now();
        long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
        FrameScan.stamps(frame, stamp -> token(micros - stamp));
      } else if (FrameScan.isType(frame, COMPLETE)) {
        meters.ended().increment();
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

  @Override
  public Result run(World world, Options options) {
    int count = options.number("streams", streams);
    int repeats = options.number("rounds", rounds);
    int warmups = options.number("warmup-rounds", Math.max(1, rounds / 3));
    int tokens = options.number("tokens", 100);
    double rate = options.decimal("token-rate", 40);
    if (world.suite().demoLlm() == null) {
      throw new IllegalArgumentException(name + " needs the demo LLM, which stamps its tokens");
    }
    Map<String, Object> wanted = Map.of("kind", "assistant", "title", "Load");
    Meters meters = new Meters();
    List<Guest> guests = world.api().each(count, world.api()::guest);
    List<Asker> askers =
        world.api().each(count, i -> new Asker(meters).connect(world, guests.get(i), i, wanted));
    double patience = 30 + 3.0 * tokens / rate;
    try (DemoLlm llm = new DemoLlm(world.suite().demoLlm())) {
      llm.stamp(tokens, rate);
      for (int i = 0; i < warmups; i++) {
        round(askers, meters, patience);
      }
      return measure(world, options, new Load(askers, meters, patience, repeats));
    } finally {
      askers.forEach(asker -> asker.socket.close());
    }
  }

  private record Load(List<Asker> askers, Meters meters, double patience, int rounds) {}

  private Result measure(World world, Options options, Load load) {
    Meters meters = load.meters();
    meters.reset();
    long whole = meters.ended().sum();
    long start = System.nanoTime();
    Usage usage = Usage.now(world.suite());
    for (int i = 0; i < load.rounds(); i++) {
      round(load.askers(), meters, load.patience());
    }
    double took = (System.nanoTime() - start) / 1e9;
    Ends ends = new Ends((long) load.askers().size() * load.rounds(), meters.ended().sum() - whole);
    return result(
        options, meters, took, ends, Usage.now(world.suite()).since(usage, world.suite()));
  }

  private static void round(List<Asker> askers, Meters meters, double patience) {
    long expected = meters.ended().sum() + askers.size();
    askers.forEach(Asker::ask);
    if (!World.await(patience, () -> meters.ended().sum() >= expected)) {
      System.err.println("some replies did not end in time");
    }
  }

  private record Ends(long asked, long ended) {}

  private Result result(
      Options options, Meters meters, double took, Ends ends, List<Usage.Cost> costs) {
    Map<String, Latency.Summary> latencies = new LinkedHashMap<>();
    latencies.put("token at the LLM → frame", meters.token().summary());
    latencies.put("first token at the LLM → frame", meters.first().summary());
    latencies.put("question → first frame", meters.beginning().summary());
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("tokens per second", meters.tokens().sum() / took);
    figures.put("replies asked for", (double) ends.asked());
    figures.put("replies ended", (double) ends.ended());
    figures.put("errors", meters.errors().doubleValue());
    return new Result(name, options.used(), took, null, latencies, figures, costs);
  }
}

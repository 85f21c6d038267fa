package dev.confab.loadtests.scenario;

import dev.confab.loadtests.client.DemoLlm;
import dev.confab.loadtests.measure.Latency;
import dev.confab.loadtests.measure.Pace;
import dev.confab.loadtests.report.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/** Rooms that talk, replies that stream and people who read, all at once. */
public final class Mixed implements Scenario {
  private static final int PAGE = 50;

  @Override
  public String name() {
    return "mixed";
  }

  @Override
  public Result run(World world, Options options) {
    double rate = options.decimal("rate", 50);
    double seconds = options.decimal("seconds", 30);
    double warmUp = options.decimal("warmup", 10);
    double readRate = options.decimal("read-rate", 20);
    int count = options.number("streams", 50);
    int tokens = options.number("tokens", 100);
    double tokenRate = options.decimal("token-rate", 40);
    Asker.Meters meters = new Asker.Meters();
    try (DemoLlm llm = Streams.llm(world, name());
        RoomLoad rooms = new RoomLoad(world, options, 25, 20);
        Reads reads = new Reads(world, rooms.rooms().members())) {
      List<Asker> askers = Streams.askers(world, count, meters);
      try {
        llm.stamp(tokens, tokenRate);
        askers.forEach(Asker::askOn);
        reads.during(readRate, warmUp, () -> rooms.warmUp(rate, warmUp));
        meters.reset();
        reads.latency.reset();
        Ends before = new Ends(meters);
        RoomLoad.Outcome outcome =
            reads.during(readRate, seconds, () -> rooms.measure(rate, seconds));
        return result(options, outcome, reads, meters, before);
      } finally {
        finish(askers, meters, 10 + 3.0 * tokens / tokenRate);
      }
    }
  }

  private record Ends(long asked, long ended) {
    Ends(Asker.Meters meters) {
      this(meters.asked().sum(), meters.ended().sum());
    }
  }

  private static void finish(List<Asker> askers, Asker.Meters meters, double patience) {
    askers.forEach(Asker::enough);
    World.await(patience, () -> meters.ended().sum() >= meters.asked().sum());
    askers.forEach(Asker::close);
  }

  private Result result(
      Options options, RoomLoad.Outcome outcome, Reads reads, Asker.Meters meters, Ends before) {
    Ends now = new Ends(meters);
    Map<String, Latency.Summary> latencies = new LinkedHashMap<>();
    latencies.put(FanOut.LATENCY, outcome.latency());
    meters.tell(latencies);
    latencies.put("intended read → page", reads.latency.summary());
    Map<String, Double> figures = new LinkedHashMap<>(outcome.figures());
    figures.put("tokens per second", meters.tokens().sum() / outcome.seconds());
    figures.put("replies asked for", (double) (now.asked() - before.asked()));
    figures.put("replies ended", (double) (now.ended() - before.ended()));
    figures.put("replies that had errors", meters.errors().doubleValue());
    figures.put("reads that failed", reads.failures.doubleValue());
    return new Result(
        name(),
        options.used(),
        outcome.seconds(),
        outcome.counts(),
        latencies,
        figures,
        outcome.costs(),
        outcome.work());
  }

  /** Pages of the rooms' history at a rate, whether or not the reads before are answered. */
  private static final class Reads implements AutoCloseable {
    private final World world;
    private final List<Member> readers;
    private final Latency latency = new Latency();
    private final LongAdder failures = new LongAdder();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private int turn;

    Reads(World world, List<Member> readers) {
      this.world = world;
      this.readers = readers;
    }

    /** Reads while something else is done. */
    <T> T during(double rate, double seconds, java.util.function.Supplier<T> load) {
      Thread pace = Thread.ofPlatform().start(() -> Pace.run(rate, seconds, this::read));
      T outcome = load.get();
      try {
        pace.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      return outcome;
    }

    void during(double rate, double seconds, Runnable load) {
      this.<Void>during(
          rate,
          seconds,
          () -> {
            load.run();
            return null;
          });
    }

    private void read(long due) {
      Member reader = readers.get(turn++ % readers.size());
      executor.execute(
          () -> {
            try {
              world.api().messages(reader.guest(), reader.room(), "limit=" + PAGE);
              latency.record((System.nanoTime() - due) / 1000);
            } catch (IllegalStateException e) {
              failures.increment();
            }
          });
    }

    @Override
    public void close() {
      executor.close();
    }
  }
}

package dev.confab.loadtests.scenario;

import dev.confab.loadtests.measure.Deliveries;
import dev.confab.loadtests.measure.Latency;
import dev.confab.loadtests.measure.Pace;
import dev.confab.loadtests.report.Result;
import dev.confab.loadtests.suite.Usage;
import java.util.LinkedHashMap;
import java.util.Map;

/** Pages of 50 messages from the middle of a short and of a long conversation. */
public final class History implements Scenario {
  private static final int PAGE = 50;
  private static final int WRITERS = 8;

  @Override
  public String name() {
    return "history";
  }

  @Override
  public Result run(World world, Options options) {
    int brief = options.number("short", 1_000);
    int extensive = options.number("long", 20_000);
    int reads = options.number("reads", 500);
    double rate = options.decimal("fill-rate", 1_000);
    Member ofShort = filled(world, brief, rate);
    Member ofLong = filled(world, extensive, rate);
    try {
      // The first reads warm both sides up.
      read(world, ofShort, brief, reads / 5 + 1);
      read(world, ofLong, extensive, reads / 5 + 1);
      Usage usage = Usage.now(world.suite());
      long start = System.nanoTime();
      Latency.Summary fast = read(world, ofShort, brief, reads);
      Latency.Summary slow = read(world, ofLong, extensive, reads);
      double took = (System.nanoTime() - start) / 1e9;
      Map<String, Latency.Summary> latencies = new LinkedHashMap<>();
      latencies.put("page of " + brief, fast);
      latencies.put("page of " + extensive, slow);
      return new Result(
          name(),
          options.used(),
          took,
          null,
          latencies,
          Map.of("long over short, p50", slow.p50() / fast.p50()),
          Usage.now(world.suite()).since(usage, world.suite()));
    } finally {
      ofShort.socket().close();
      ofLong.socket().close();
    }
  }

  private static Member filled(World world, int messages, double rate) {
    Deliveries deliveries = new Deliveries();
    Rooms room = Rooms.make(world, 1, WRITERS, 128, deliveries, new Latency());
    Pace.run(rate, messages / rate, room::send);
    if (!World.await(60 + messages / 50.0, deliveries::isComplete)) {
      room.tellErrors();
      throw new IllegalStateException("the conversation could not be filled");
    }
    return room.members().getFirst();
  }

  private static Latency.Summary read(World world, Member reader, int length, int reads) {
    Latency latency = new Latency();
    String query = "before_seq=" + (length / 2 + PAGE) + "&limit=" + PAGE;
    for (int i = 0; i < reads; i++) {
      long start = System.nanoTime();
      if (world.api().messages(reader.guest(), reader.room(), query) != PAGE) {
        throw new IllegalStateException("a page is not whole");
      }
      latency.record((System.nanoTime() - start) / 1000);
    }
    return latency.summary();
  }
}

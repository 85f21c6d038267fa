package dev.confab.loadtests.scenario;

import dev.confab.loadtests.client.DemoLlm;
import dev.confab.loadtests.client.Guest;
import dev.confab.loadtests.measure.Latency;
import dev.confab.loadtests.report.Result;
import dev.confab.loadtests.suite.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Replies that stream at once, with the time that each token takes from the LLM server's write to
 * the client's frame. Needs the demo LLM, which stamps its tokens.
 */
public final class Streams implements Scenario {
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

  /** The demo LLM; refuses to go on without. */
  static DemoLlm llm(World world, String scenario) {
    if (world.suite().demoLlm() == null) {
      throw new IllegalArgumentException(scenario + " needs the demo LLM, which stamps its tokens");
    }
    return new DemoLlm(world.suite().demoLlm());
  }

  /** Askers with a conversation each, connected. */
  static List<Asker> askers(World world, int count, Asker.Meters meters) {
    List<Guest> guests = world.api().each(count, world.api()::guest);
    return world.api().each(count, i -> new Asker(meters).connect(world, guests.get(i), i));
  }

  @Override
  public Result run(World world, Options options) {
    int count = options.number("streams", streams);
    int repeats = options.number("rounds", rounds);
    int warmups = options.number("warmup-rounds", Math.max(1, rounds / 3));
    int tokens = options.number("tokens", 100);
    double rate = options.decimal("token-rate", 40);
    double patience = 30 + 3.0 * tokens / rate;
    try (DemoLlm llm = llm(world, name)) {
      Asker.Meters meters = new Asker.Meters();
      Watch watch = new Watch(world);
      List<Asker> askers = askers(world, count, meters);
      try {
        llm.stamp(tokens, rate);
        for (int i = 0; i < warmups; i++) {
          round(askers, meters, patience);
        }
        return measure(options, watch, new Load(askers, meters, patience, repeats));
      } finally {
        askers.forEach(Asker::close);
      }
    }
  }

  private record Load(List<Asker> askers, Asker.Meters meters, double patience, int rounds) {}

  private Result measure(Options options, Watch watch, Load load) {
    Asker.Meters meters = load.meters();
    meters.reset();
    long asked = meters.asked().sum();
    long ended = meters.ended().sum();
    watch.start();
    for (int i = 0; i < load.rounds(); i++) {
      round(load.askers(), meters, load.patience());
    }
    watch.stop();
    long replies = meters.asked().sum() - asked;
    Map<String, Latency.Summary> latencies = new LinkedHashMap<>();
    meters.tell(latencies);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("tokens per second", meters.tokens().sum() / watch.seconds());
    figures.put("replies asked for", (double) replies);
    figures.put("replies ended", (double) (meters.ended().sum() - ended));
    figures.put("errors", meters.errors().doubleValue());
    watch.tell(figures, load.askers().size());
    List<Usage.Cost> costs = watch.costs();
    Result.Work work = new Result.Work("reply", replies, "token", meters.tokens().sum());
    return new Result(name, options.used(), watch.seconds(), null, latencies, figures, costs, work);
  }

  private static void round(List<Asker> askers, Asker.Meters meters, double patience) {
    long expected = meters.ended().sum() + askers.size();
    askers.forEach(Asker::ask);
    if (!World.await(patience, () -> meters.ended().sum() >= expected)) {
      System.err.println("some replies did not end in time");
    }
  }
}

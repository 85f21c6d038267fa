package dev.confab.loadtests.scenario;

import dev.confab.loadtests.measure.Deliveries;
import dev.confab.loadtests.measure.Latency;
import dev.confab.loadtests.measure.Pace;
import dev.confab.loadtests.report.Result;
import dev.confab.loadtests.suite.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rooms × members at a constant rate of messages. */
public final class FanOut implements Scenario {
  /** At low rates neither the services nor this process would ever be compiled. */
  private static final double WARM_UP_RATE = 100;

  private static final double WARM_UP_SECONDS = 15;

  private final String name;
  private final int rooms;
  private final int members;
  private final double rate;
  private final double seconds;

  /**
   * @param rate presumed messages per second over all rooms
   */
  public FanOut(String name, int rooms, int members, double rate, double seconds) {
    this.name = name;
    this.rooms = rooms;
    this.members = members;
    this.rate = rate;
    this.seconds = seconds;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Result run(World world, Options options) {
    int count = options.number("rooms", rooms);
    int size = options.number("members", members);
    double perSecond = options.decimal("rate", rate);
    double length = options.decimal("seconds", seconds);
    Deliveries deliveries = new Deliveries();
    Latency latency = new Latency();
    Rooms made =
        Rooms.make(world, count, size, options.number("payload", 128), deliveries, latency);
    try {
      double warmUpRate = options.decimal("warmup-rate", Math.max(perSecond, WARM_UP_RATE));
      Pace.run(warmUpRate, options.decimal("warmup", WARM_UP_SECONDS), made::send);
      World.await(10, deliveries::isComplete);
      return measure(world, made, new Load(perSecond, length, deliveries, latency), options);
    } finally {
      made.tellErrors();
      made.close();
    }
  }

  private record Load(double rate, double seconds, Deliveries deliveries, Latency latency) {}

  private Result measure(World world, Rooms made, Load load, Options options) {
    Deliveries.Counts before = load.deliveries().counts();
    load.latency().reset();
    long start = System.nanoTime();
    Usage usage = Usage.now(world.suite());
    Pace.run(load.rate(), load.seconds(), made::send);
    World.await(15, load.deliveries()::isComplete);
    double took = (System.nanoTime() - start) / 1e9;
    List<Usage.Cost> costs = Usage.now(world.suite()).since(usage, world.suite());
    Deliveries.Counts counts = load.deliveries().counts();
    Map<String, Double> figures = new LinkedHashMap<>();
    double delivered = counts.delivered() - before.delivered();
    figures.put("deliveries per second", delivered / took);
    double serviceCpu =
        costs.stream().filter(Usage.Cost::service).mapToDouble(Usage.Cost::cpuSeconds).sum();
    figures.put("deliveries per CPU second of the services", delivered / serviceCpu);
    return new Result(
        name,
        options.used(),
        took,
        counts,
        Map.of("intended send → received", load.latency().summary()),
        figures,
        costs);
  }
}

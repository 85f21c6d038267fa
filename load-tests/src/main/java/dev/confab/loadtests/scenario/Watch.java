package dev.confab.loadtests.scenario;

import dev.confab.loadtests.report.Result;
import dev.confab.loadtests.suite.Usage;
import java.util.List;
import java.util.Map;

/** Looks at the processes before anybody is connected, before the load and after it. */
final class Watch {
  private final World world;
  private final Usage alone;
  private Usage before;
  private Usage after;
  private long start;
  private double seconds;

  /** Takes the first look. */
  Watch(World world) {
    this.world = world;
    this.alone = Usage.now(world.suite());
  }

  /** Load begins. */
  void start() {
    before = Usage.now(world.suite());
    start = System.nanoTime();
  }

  /** Load has ended. */
  void stop() {
    seconds = (System.nanoTime() - start) / 1e9;
    after = Usage.now(world.suite());
  }

  /** How long load was on. */
  double seconds() {
    return seconds;
  }

  /** What each process used while load was on. */
  List<Usage.Cost> costs() {
    return after.since(before, world.suite());
  }

  /** Adds what every scenario with connections tells. */
  void tell(Map<String, Double> figures, int connections) {
    double grown =
        before.since(alone, world.suite()).stream()
            .filter(cost -> cost.name().startsWith("gateway"))
            .mapToDouble(Usage.Cost::grownKb)
            .sum();
    figures.put("gateways' resident KiB grown per connection", grown / connections);
    figures.put("generator's share of all CPU, %", Result.generatorShare(costs()));
  }
}

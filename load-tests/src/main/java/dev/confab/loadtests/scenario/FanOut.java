package dev.confab.loadtests.scenario;

import dev.confab.loadtests.report.Result;
import java.util.Map;

/** Rooms × members at a constant rate of messages. */
public final class FanOut implements Scenario {
  static final String LATENCY = "intended send → received";

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
    double perSecond = options.decimal("rate", rate);
    double length = options.decimal("seconds", seconds);
    double warmUpRate = options.decimal("warmup-rate", Math.max(perSecond, WARM_UP_RATE));
    double warmUp = options.decimal("warmup", WARM_UP_SECONDS);
    try (RoomLoad load = new RoomLoad(world, options, rooms, members)) {
      load.warmUp(warmUpRate, warmUp);
      RoomLoad.Outcome outcome = load.measure(perSecond, length);
      return new Result(
          name,
          options.used(),
          outcome.seconds(),
          outcome.counts(),
          Map.of(LATENCY, outcome.latency()),
          outcome.figures(),
          outcome.costs(),
          outcome.work());
    }
  }
}

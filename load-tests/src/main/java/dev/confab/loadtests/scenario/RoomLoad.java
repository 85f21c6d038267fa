package dev.confab.loadtests.scenario;

import dev.confab.loadtests.measure.Deliveries;
import dev.confab.loadtests.measure.Latency;
import dev.confab.loadtests.measure.Pace;
import dev.confab.loadtests.report.Result;
import dev.confab.loadtests.suite.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rooms that are connected, and what is counted while they talk. */
final class RoomLoad implements AutoCloseable {
  private static final double PATIENCE = 15;

  private final Deliveries deliveries = new Deliveries();
  private final Latency latency = new Latency();
  private final Watch watch;
  private final Rooms rooms;
  private final int size;

  /** Makes rooms as the options say, or else as presumed. */
  RoomLoad(World world, Options options, int rooms, int members) {
    int count = options.number("rooms", rooms);
    this.size = options.number("members", members);
    this.watch = new Watch(world);
    this.rooms =
        Rooms.make(world, count, size, options.number("payload", 128), deliveries, latency);
  }

  Rooms rooms() {
    return rooms;
  }

  /** Readers of a message. */
  int size() {
    return size;
  }

  /** Load that is not measured. */
  void warmUp(double rate, double seconds) {
    Pace.run(rate, seconds, rooms::send);
    World.await(PATIENCE, deliveries::isComplete);
  }

  /**
   * What a measured load showed.
   *
   * @param perSecond deliveries, while messages were being sent
   */
  record Outcome(
      double seconds,
      Deliveries.Counts counts,
      Latency.Summary latency,
      double perSecond,
      Map<String, Double> figures,
      List<Usage.Cost> costs) {

    Result.Work work() {
      return new Result.Work("message", counts.sent(), "delivery", counts.delivered());
    }
  }

  /** Load that is measured, until everything came or patience ends. */
  Outcome measure(double rate, double seconds) {
    Deliveries.Counts before = deliveries.counts();
    latency.reset();
    watch.start();
    double perSecond = send(rate, seconds);
    World.await(PATIENCE, deliveries::isComplete);
    watch.stop();
    Deliveries.Counts counts = deliveries.counts().since(before);
    List<Usage.Cost> costs = watch.costs();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("deliveries per second", perSecond);
    figures.put(
        "deliveries per CPU second of the services",
        counts.delivered() / Result.serviceSeconds(costs));
    watch.tell(figures, rooms.members().size());
    return new Outcome(watch.seconds(), counts, latency.summary(), perSecond, figures, costs);
  }

  /**
   * Sends at a rate; returns the deliveries per second. They are counted from a tenth of the time
   * on: what is under way then stands for what is under way at the end.
   */
  private double send(double rate, double seconds) {
    long from = System.nanoTime() + (long) (seconds * 1e8);
    long[] begin = {0, 0};
    Pace.run(
        rate,
        seconds,
        due -> {
          if (begin[1] == 0 && due >= from) {
            begin[0] = deliveries.counts().delivered();
            begin[1] = System.nanoTime();
          }
          rooms.send(due);
        });
    long end = System.nanoTime();
    double counted = deliveries.counts().delivered() - begin[0];
    return begin[1] == 0 ? 0 : 1e9 * counted / (end - begin[1]);
  }

  @Override
  public void close() {
    rooms.tellErrors();
    rooms.close();
  }
}

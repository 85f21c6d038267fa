package dev.confab.loadtests.report;

import dev.confab.loadtests.measure.Deliveries;
import dev.confab.loadtests.measure.Latency;
import dev.confab.loadtests.suite.Usage;
import java.util.List;
import java.util.Map;

/**
 * What one scenario showed.
 *
 * @param options as they were given or presumed
 * @param seconds of load that was measured
 * @param deliveries null where no messages were sent
 * @param latencies by name
 * @param figures further numbers by name, with their unit in it
 * @param costs of each process while load was on
 * @param work what those costs were for; null where nothing was counted
 * @param steps of a search for the highest rate, in the order in which they were tried
 */
public record Result(
    String scenario,
    Map<String, String> options,
    double seconds,
    Deliveries.Counts deliveries,
    Map<String, Latency.Summary> latencies,
    Map<String, Double> figures,
    List<Usage.Cost> costs,
    Work work,
    List<Step> steps) {

  public Result {
    steps = steps == null ? List.of() : List.copyOf(steps);
  }

  /** Without steps. */
  public Result(
      String scenario,
      Map<String, String> options,
      double seconds,
      Deliveries.Counts deliveries,
      Map<String, Latency.Summary> latencies,
      Map<String, Double> figures,
      List<Usage.Cost> costs,
      Work work) {
    this(scenario, options, seconds, deliveries, latencies, figures, costs, work, List.of());
  }

  /**
   * What was done for the costs.
   *
   * @param cause what one unit that was sent is called, a message for instance
   * @param effect what one unit that came of it is called; null where nothing else is counted
   */
  public record Work(String cause, long causes, String effect, long effects) {}

  /**
   * A rate that was tried.
   *
   * @param rate intended messages per second
   * @param deliveries per second that came
   * @param p99 in milliseconds
   */
  public record Step(double rate, double deliveries, double p99, boolean held) {}

  /** CPU of all services together, in seconds. */
  public static double serviceSeconds(List<Usage.Cost> costs) {
    return costs.stream().filter(Usage.Cost::service).mapToDouble(Usage.Cost::cpuSeconds).sum();
  }

  /** The generator's part of all CPU that was used, in percent. */
  public static double generatorShare(List<Usage.Cost> costs) {
    double all = costs.stream().mapToDouble(Usage.Cost::cpuSeconds).sum();
    double own =
        costs.stream()
            .filter(cost -> cost.name().equals(Usage.GENERATOR))
            .mapToDouble(Usage.Cost::cpuSeconds)
            .sum();
    return all == 0 ? 0 : 100 * own / all;
  }
}

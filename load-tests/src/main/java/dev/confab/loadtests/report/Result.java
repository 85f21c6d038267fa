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
 */
public record Result(
    String scenario,
    Map<String, String> options,
    double seconds,
    Deliveries.Counts deliveries,
    Map<String, Latency.Summary> latencies,
    Map<String, Double> figures,
    List<Usage.Cost> costs) {}

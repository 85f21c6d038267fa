package dev.confab.loadtests.report;

import dev.confab.loadtests.measure.Latency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A run's plots: a percentile curve for each latency, and the steps of a search for a rate. */
public final class Plots {
  private Plots() {}

  /**
   * Writes them beside a run's file.
   *
   * @return the files
   */
  public static List<Path> write(Run run, Path json) throws IOException {
    Map<String, Chart> charts = new LinkedHashMap<>();
    run.byScenario().forEach((scenario, results) -> charts(scenario, results, charts));
    String base = json.getFileName().toString().replaceAll("\\.json$", "");
    List<Path> files = new ArrayList<>();
    for (Map.Entry<String, Chart> chart : charts.entrySet()) {
      Path file = json.resolveSibling(base + '-' + chart.getKey() + ".svg");
      Files.writeString(file, chart.getValue().svg());
      files.add(file);
    }
    return files;
  }

  private static void charts(String scenario, List<Result> results, Map<String, Chart> charts) {
    for (String name : results.getFirst().latencies().keySet()) {
      List<Latency.Summary> curves =
          results.stream()
              .map(result -> result.latencies().get(name))
              .filter(latency -> latency != null && !latency.curve().isEmpty())
              .toList();
      if (!curves.isEmpty()) {
        charts.put(scenario + '-' + fileName(name), percentiles(scenario + ": " + name, curves));
      }
    }
    if (results.stream().anyMatch(result -> !result.steps().isEmpty())) {
      charts.put(scenario + "-rate", rates(scenario, results));
    }
  }

  /** Words in a file's name: letters and digits, the rest as single hyphens. */
  static String fileName(String words) {
    return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  private static Chart percentiles(String title, List<Latency.Summary> curves) {
    double highest = curves.stream().mapToDouble(Latency.Summary::max).max().orElse(1);
    Chart chart =
        new Chart(title, Chart.Axis.percentiles("percentile"), Chart.Axis.linear("ms", highest));
    for (int i = 0; i < curves.size(); i++) {
      List<Chart.Point> points =
          curves.get(i).curve().stream()
              .map(point -> new Chart.Point(point.percentile(), point.ms()))
              .toList();
      chart.line("run " + (i + 1), points, false);
    }
    return chart;
  }

  private static Chart rates(String scenario, List<Result> results) {
    List<Result.Step> all = results.stream().flatMap(result -> result.steps().stream()).toList();
    double rate = all.stream().mapToDouble(Result.Step::deliveries).max().orElse(1);
    double p99 = all.stream().mapToDouble(Result.Step::p99).max().orElse(1);
    Chart chart =
        new Chart(
            scenario + ": rate and p99",
            Chart.Axis.linear("deliveries per second", rate),
            Chart.Axis.linear("p99 ms", p99));
    for (int i = 0; i < results.size(); i++) {
      List<Chart.Point> points =
          results.get(i).steps().stream()
              .sorted(java.util.Comparator.comparingDouble(Result.Step::rate))
              .map(step -> new Chart.Point(step.deliveries(), step.p99()))
              .toList();
      chart.line("run " + (i + 1), points, true);
    }
    return chart;
  }
}

package dev.confab.loadtests.report;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of the benchmark.
 *
 * @param startedAt ISO-8601 UTC
 * @param processors of the machine, shared by suite and generator
 * @param results in the order in which they were got; a scenario that was repeated has several
 */
public record Run(String startedAt, int processors, String java, List<Result> results) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** Reads an earlier run. */
  public static Run read(Path file) throws IOException {
    return JSON.readValue(Files.readAllBytes(file), Run.class);
  }

  /** Keeps this run; folders are made as needed. */
  public void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
  }

  /** Whether it has results of a scenario with the same options. */
  boolean hasLike(Result result) {
    return results.stream()
        .anyMatch(
            mine ->
                mine.scenario().equals(result.scenario())
                    && mine.options().equals(result.options()));
  }

  /** Results by scenario. */
  public Map<String, List<Result>> byScenario() {
    Map<String, List<Result>> scenarios = new LinkedHashMap<>();
    results.forEach(
        result ->
            scenarios.computeIfAbsent(result.scenario(), name -> new ArrayList<>()).add(result));
    return scenarios;
  }

  /** Every number of these results by a name, with one value for each result that has it. */
  static Map<String, Spread> spreads(List<Result> results) {
    Map<String, List<Double>> numbers = new LinkedHashMap<>();
    for (Result result : results) {
      result
          .latencies()
          .forEach(
              (name, latency) -> {
                add(numbers, name + ", p50 ms", latency.p50());
                add(numbers, name + ", p99 ms", latency.p99());
              });
      result.figures().forEach((name, value) -> add(numbers, name, value));
    }
    Map<String, Spread> spreads = new LinkedHashMap<>();
    numbers.forEach((name, values) -> spreads.put(name, Spread.of(values)));
    return spreads;
  }

  private static void add(Map<String, List<Double>> numbers, String name, double value) {
    numbers.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
  }
}

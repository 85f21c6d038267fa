package dev.confab.loadtests.report;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of the benchmark.
 *
 * @param startedAt ISO-8601 UTC
 * @param processors of the machine, shared by suite and generator
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

  /** Whether this scenario was part of it. */
  public boolean has(String scenario) {
    return results.stream().anyMatch(result -> result.scenario().equals(scenario));
  }

  /** Every number of the run by a name that says where it belongs. */
  Map<String, Double> numbers() {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (Result result : results) {
      String prefix = result.scenario() + ' ';
      result
          .latencies()
          .forEach(
              (name, latency) -> {
                numbers.put(prefix + name + " p50 ms", latency.p50());
                numbers.put(prefix + name + " p99 ms", latency.p99());
              });
      result.figures().forEach((name, value) -> numbers.put(prefix + name, value));
    }
    return numbers;
  }
}

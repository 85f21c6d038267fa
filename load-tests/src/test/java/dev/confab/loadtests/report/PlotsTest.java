package dev.confab.loadtests.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.loadtests.measure.Latency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;

class PlotsTest {
  private static Result result() {
    Latency latency = new Latency();
    for (int i = 1; i <= 1_000; i++) {
      latency.record(i * 10L);
    }
    return new Result(
        "top",
        Map.of(),
        1,
        null,
        Map.of("send → <received>", latency.summary()),
        Map.of("rate", 2.0, "unknown", Double.NaN),
        List.of(),
        new Result.Work("message", 1, "delivery", 2),
        List.of(new Result.Step(100, 2_000, 5, true), new Result.Step(200, 3_000, 300, false)));
  }

  @Test
  void writesACurveForEachLatencyAndTheSteps(@TempDir Path folder)
      throws IOException, ParserConfigurationException, SAXException {
    Run run = new Run("2026-01-01T00:00:00Z", 2, "25", List.of(result(), result()));
    Path json = folder.resolve("run.json");
    run.write(json);

    List<Path> plots = Plots.write(Run.read(json), json);

    assertThat(plots)
        .extracting(file -> file.getFileName().toString())
        .containsExactly("run-top-send-received.svg", "run-top-rate.svg");
    for (Path plot : plots) {
      var svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(plot.toFile());
      assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(2);
    }
    assertThat(Files.readString(plots.getFirst())).contains("&lt;received&gt;", "99.99");
    assertThat(Files.readString(plots.getLast())).contains("<circle").doesNotContain("NaN");
  }

  @Test
  void findsTheLatestRunWithTheSameOptions(@TempDir Path folder) throws IOException {
    Archive archive = new Archive(folder);
    Run now = new Run("2026-01-03T00:00:00Z", 2, "25", List.of(result()));
    assertThat(archive.latestLike(now)).isEmpty();
    Run before = new Run("2026-01-01T00:00:00Z", 2, "25", List.of(result()));
    for (Run run : List.of(before, now)) {
      run.write(archive.file(run.startedAt()));
    }

    assertThat(archive.latestLike(now)).map(Run::startedAt).contains(before.startedAt());
  }

  @Test
  void placesValuesOnAxes() {
    Chart.Axis nines = Chart.Axis.percentiles("p");
    assertThat(nines.at(0)).isZero();
    assertThat(nines.at(99)).isEqualTo(0.5, org.assertj.core.api.Assertions.within(1e-9));
    assertThat(nines.at(100)).isEqualTo(1, org.assertj.core.api.Assertions.within(1e-9));
    assertThat(Chart.Axis.linear("ms", 0).ticks()).hasSizeGreaterThan(1);
    assertThat(Chart.Axis.linear("ms", 23).ticks()).startsWith(0.0, 5.0).endsWith(25.0);
    assertThat(Chart.number(100)).isEqualTo("100");
    assertThat(Chart.number(2.5)).isEqualTo("2.5");
  }
}

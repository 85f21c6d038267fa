package dev.confab.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
  @TempDir Path folder;

  private Processes processes;

  @BeforeEach
  void open() {
    processes = new Processes(Home.at(folder));
  }

  @AfterEach
  void endAll() {
    processes.running().forEach(record -> processes.stop(record, Duration.ofSeconds(2)));
  }

  @Test
  void aStartedProcessIsFoundAgainAndStopped() {
    ProcessRecord record = processes.start(new Sleeper("one", 1, "sleep 60"));

    assertThat(new Processes(Home.at(folder)).running("one")).contains(record);
    assertThat(ProcessTable.residentMb(record.pid())).isGreaterThanOrEqualTo(0);
    processes.stop(record, Duration.ofSeconds(2));
    assertThat(processes.running()).isEmpty();
  }

  @Test
  void aSecondStartLeavesTheFirstAlone() {
    ProcessRecord first = processes.start(new Sleeper("one", 1, "sleep 60"));

    assertThat(processes.start(new Sleeper("one", 1, "sleep 60"))).isEqualTo(first);
  }

  @Test
  void aProcessThatIgnoresThePoliteWayIsEndedHard() {
    ProcessRecord record =
        processes.start(new Sleeper("deaf", 1, "trap '' TERM; while :; do sleep 0.1; done"));

    processes.stop(record, Duration.ofMillis(300));

    assertThat(ProcessTable.runs(record)).isFalse();
  }

  @Test
  void aForeignProcessWithTheSamePidIsNotOurs() {
    ProcessRecord ours = processes.start(new Sleeper("one", 1, "sleep 60"));
    ProcessRecord older =
        new ProcessRecord("one", ours.pid(), ours.startedAtMillis() - 60_000, ours.marker(), 1);
    ProcessRecord other =
        new ProcessRecord("one", ours.pid(), ours.startedAtMillis(), "something else", 1);

    assertThat(ProcessTable.runs(older)).isFalse();
    assertThat(ProcessTable.runs(other)).isFalse();
    processes.stop(other, Duration.ofSeconds(1));
    assertThat(ProcessTable.runs(ours)).isTrue();
    new RunFolder(Home.at(folder)).put(ours);
  }

  @Test
  void aTakenPortIsNamedWithTheSettingThatMovesIt() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Sleeper part = new Sleeper("one", taken.getLocalPort(), "sleep 60");

      assertThatThrownBy(() -> processes.start(part))
          .isInstanceOf(StackFailure.class)
          .extracting(failure -> ((StackFailure) failure).line())
          .asString()
          .contains("Port " + taken.getLocalPort(), "SLEEPER_PORT");
    }
  }

  @Test
  void aProcessThatEndsAtOnceIsToldWithItsLastWords() {
    Sleeper part = new Sleeper("short", 1, "echo out of luck; exit 1");

    assertThatThrownBy(() -> processes.start(part))
        .isInstanceOf(StackFailure.class)
        .hasMessageContaining("out of luck");
  }

  /** A shell that is ready once it wrote nothing for a moment, unless its script ends. */
  private record Sleeper(String name, int port, String script) implements Part {
    @Override
    public List<Integer> ports() {
      return List.of(port);
    }

    @Override
    public String portSetting() {
      return "SLEEPER_PORT";
    }

    @Override
    public String url() {
      return "none";
    }

    @Override
    public String marker() {
      return "sleeper-" + name;
    }

    @Override
    public List<String> command() {
      return List.of("/bin/sh", "-c", script + "\n:", marker());
    }

    @Override
    public boolean ready() {
      return !name.equals("short");
    }
  }
}

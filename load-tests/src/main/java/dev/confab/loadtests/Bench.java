package dev.confab.loadtests;

import dev.confab.loadtests.client.Api;
import dev.confab.loadtests.client.Sockets;
import dev.confab.loadtests.report.Result;
import dev.confab.loadtests.report.Run;
import dev.confab.loadtests.report.Tables;
import dev.confab.loadtests.scenario.FanOut;
import dev.confab.loadtests.scenario.History;
import dev.confab.loadtests.scenario.Idle;
import dev.confab.loadtests.scenario.Options;
import dev.confab.loadtests.scenario.Scenario;
import dev.confab.loadtests.scenario.Storm;
import dev.confab.loadtests.scenario.Streams;
import dev.confab.loadtests.scenario.Top;
import dev.confab.loadtests.scenario.World;
import dev.confab.loadtests.suite.RunningSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The benchmark's command line. */
public final class Bench {
  private static final String HELP =
      """
      ./confab bench [scenario ...] [--option value ...]

      Scenarios; without any, the first two are run on the idle suite:
        tokens     added time from a token leaving the LLM to the frame at the client
        messages   time from send_message to another client's message_received
        rooms      50 rooms of 20 members at 100 messages/s (2,000 deliveries/s)
        streams    500 replies at once, 40 tokens/s each
        stored     1,000 messages/s, one member per conversation
        top        the highest rate at which rooms hold p99 ≤ 250 ms
        idle       2,000 connections that only joined
        storm      950 of 1,000 clients come back at once
        history    pages of a short and of a long conversation
      Options: --rooms --members --rate --payload --seconds --warmup
               --p99 --from (top)  --connections (idle)  --short --long --reads (history)
               --streams --rounds --warmup-rounds --tokens --token-rate
               --loops N (event loops of the generator), --out FILE (JSON), --compare FILE

      A gateway limits what a person may send; for the heavier scenarios start the suite with
        CONFAB_CONNECTION_LIMITS_MESSAGES_COUNT=1000000 ./confab up --gateways 2
      """;

  private static final List<Scenario> SCENARIOS =
      List.of(
          new Streams("tokens", 1, 10),
          new FanOut("messages", 20, 2, 20, 20),
          new FanOut("rooms", 50, 20, 100, 20),
          new Streams("streams", 500, 2),
          new FanOut("stored", 200, 1, 1_000, 20),
          new Top(),
          new Idle(),
          new Storm(),
          new History());

  private Bench() {}

  /** Runs what is asked for; ends with 1 if the suite is not there. */
  public static void main(String[] words) throws InterruptedException {
    List<String> names = new ArrayList<>();
    Map<String, String> options = new HashMap<>();
    if (!read(words, names, options)) {
      System.out.print(HELP);
      return;
    }
    Path root = Path.of(System.getProperty("confab.root", "."));
    try {
      run(root, chosen(names), options);
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /** Sorts the words; false if help is wanted. */
  private static boolean read(String[] words, List<String> names, Map<String, String> options) {
    for (int i = 0; i < words.length; i++) {
      if (!words[i].startsWith("--")) {
        names.add(words[i]);
      } else if (i + 1 < words.length) {
        options.put(words[i].substring(2), words[++i]);
      } else {
        return false;
      }
    }
    return !names.contains("help");
  }

  private static List<Scenario> chosen(List<String> names) {
    Map<String, Scenario> byName = new LinkedHashMap<>();
    SCENARIOS.forEach(scenario -> byName.put(scenario.name(), scenario));
    if (names.isEmpty()) {
      return SCENARIOS.subList(0, 2);
    }
    return names.stream()
        .map(
            name ->
                Optional.ofNullable(byName.get(name))
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "no scenario '" + name + "'; there are " + byName.keySet())))
        .toList();
  }

  private static void run(Path root, List<Scenario> scenarios, Map<String, String> options)
      throws IOException, InterruptedException {
    RunningSuite suite = RunningSuite.read(root);
    Tables tables = new Tables(System.out);
    Path folder = root.resolve(".local").resolve("bench");
    Optional<Run> earlier = earlier(folder, options.get("compare"), scenarios);
    Options words = new Options(options);
    Instant startedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    List<Result> results = new ArrayList<>();
    try (Sockets sockets = new Sockets(suite.gateways(), words.number("loops", 1))) {
      World world = new World(suite, new Api(suite.gateways()), sockets);
      for (Scenario scenario : scenarios) {
        Result result = scenario.run(world, words.again());
        tables.print(result);
        results.add(result);
      }
    }
    Run run =
        new Run(
            startedAt.toString(),
            Runtime.getRuntime().availableProcessors(),
            Runtime.version().toString(),
            results);
    Path file =
        options.containsKey("out")
            ? Path.of(options.get("out"))
            : folder.resolve(startedAt.toString().replace(':', '-') + ".json");
    run.write(file);
    earlier.ifPresent(before -> tables.compare(before, run));
    System.out.println("\nkept in " + file);
  }

  /** The run to compare with: the one named, else the latest kept with one of these scenarios. */
  private static Optional<Run> earlier(Path folder, String named, List<Scenario> scenarios)
      throws IOException {
    if (named != null) {
      return Optional.of(Run.read(Path.of(named)));
    }
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    List<Path> latestFirst;
    try (Stream<Path> files = Files.list(folder)) {
      latestFirst =
          files
              .filter(file -> file.toString().endsWith(".json"))
              .sorted(Comparator.reverseOrder())
              .toList();
    }
    for (Path file : latestFirst) {
      Run run = Run.read(file);
      if (scenarios.stream().anyMatch(scenario -> run.has(scenario.name()))) {
        return Optional.of(run);
      }
    }
    return Optional.empty();
  }
}

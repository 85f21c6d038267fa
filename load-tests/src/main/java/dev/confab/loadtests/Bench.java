package dev.confab.loadtests;

import dev.confab.loadtests.client.Api;
import dev.confab.loadtests.client.Sockets;
import dev.confab.loadtests.report.Archive;
import dev.confab.loadtests.report.Plots;
import dev.confab.loadtests.report.Result;
import dev.confab.loadtests.report.Run;
import dev.confab.loadtests.report.Tables;
import dev.confab.loadtests.scenario.FanOut;
import dev.confab.loadtests.scenario.History;
import dev.confab.loadtests.scenario.Idle;
import dev.confab.loadtests.scenario.Mixed;
import dev.confab.loadtests.scenario.Options;
import dev.confab.loadtests.scenario.Scenario;
import dev.confab.loadtests.scenario.Search;
import dev.confab.loadtests.scenario.Storm;
import dev.confab.loadtests.scenario.Streams;
import dev.confab.loadtests.scenario.Top;
import dev.confab.loadtests.scenario.World;
import dev.confab.loadtests.suite.RunningSuite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The benchmark's command line. */
public final class Bench {
  private static final String HELP =
      """
      ./confab bench [scenario ...] [--option value ...]

      Scenarios and their options; without any, the first two are run on the idle suite:
        tokens     added time from a token leaving the LLM to the frame at the client
        messages   time from send_message to another client's message_received
        rooms      50 rooms of 20 members at 100 messages/s (2,000 deliveries/s)
        streams    500 replies at once, 40 tokens/s each
        stored     1,000 messages/s, one member per conversation
        top        the highest rate at which rooms hold: p99 ≤ 250 ms, nothing lost,
                   98% of the intended deliveries per second
                   --p99 --from --seconds (of a step) --warmup (at half of --from)
        mixed      rooms, replies that stream and reads of history at once
                   --rate --read-rate --streams --token-rate --tokens
        idle       2,000 connections that only joined
                   --connections --gateway N (all on the Nth; else spread) --seconds
        storm      5,000 clients come back at once
                   --clients --members
        history    pages of a short and of a long conversation, at the end, middle and start
                   --short --long --reads; conversations are kept and filled once, with
                   --fill-rate (messages/s) --fill-window (unacknowledged) --fill-sockets
        search     searches of one person in filled conversations
                   --conversations --messages --reads, and those for filling
      Rooms take --rooms --members --rate --payload --seconds --warmup --warmup-rate,
      streams --streams --rounds --warmup-rounds --tokens --token-rate.
      All:  --repeat N       each scenario N times: min, median, max and spread of each figure
            --loops N        event loops of the generator
            --out FILE       where to keep the run as JSON, with its plots (SVG) beside it
            --compare FILE   the run to compare with; else the latest with the same options

      A gateway limits what a person may send; for the heavier scenarios start the suite with
        CONFAB_CONNECTION_LIMITS_MESSAGES_COUNT=1000000 \\
        CONFAB_CONNECTION_LIMITS_FRAMES_COUNT=1000000 ./confab up --gateways 2
      """;

  private static final List<Scenario> SCENARIOS =
      List.of(
          new Streams("tokens", 1, 10),
          new FanOut("messages", 20, 2, 20, 20),
          new FanOut("rooms", 50, 20, 100, 20),
          new Streams("streams", 500, 2),
          new FanOut("stored", 200, 1, 1_000, 20),
          new Top(),
          new Mixed(),
          new Idle(),
          new Storm(),
          new History(),
          new Search());

  /** Options of the run itself rather than of a scenario. */
  private static final Set<String> COMMON = Set.of("loops", "repeat", "out", "compare");

  private Bench() {}

  /** Runs what is asked for; ends with 1 if the suite is not there or refuses. */
  public static void main(String[] words) throws InterruptedException {
    try {
      CommandLine line = CommandLine.parse(words);
      if (line.wantsHelp()) {
        System.out.print(HELP);
        return;
      }
      run(Path.of(System.getProperty("confab.root", ".")), chosen(line.names()), line.options());
    } catch (IOException
        | UncheckedIOException
        | IllegalArgumentException
        | IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
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
    Archive archive = new Archive(root.resolve(".local").resolve("bench"));
    Optional<Run> named =
        options.containsKey("compare")
            ? Optional.of(Run.read(Path.of(options.get("compare"))))
            : Optional.empty();
    Options words = new Options(options);
    Instant startedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Tables tables = new Tables(System.out);
    List<Result> results;
    try (Sockets sockets = new Sockets(suite.gateways(), words.number("loops", 1))) {
      World world = new World(suite, new Api(suite.gateways()), sockets, archive.folder());
      results = results(world, scenarios, words, tables);
    }
    tellUnused(options, results);
    Run run =
        new Run(
            startedAt.toString(),
            Runtime.getRuntime().availableProcessors(),
            Runtime.version().toString(),
            results);
    Path file =
        options.containsKey("out") ? Path.of(options.get("out")) : archive.file(run.startedAt());
    run.write(file);
    run.byScenario().forEach(tables::spread);
    named.or(() -> archive.latestLike(run)).ifPresent(before -> tables.compare(before, run));
    System.out.println("\nkept in " + file);
    Plots.write(run, file).forEach(plot -> System.out.println("plotted in " + plot));
  }

  private static List<Result> results(
      World world, List<Scenario> scenarios, Options words, Tables tables) {
    int repeat = Math.max(1, words.number("repeat", 1));
    List<Result> results = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      for (int i = 0; i < repeat; i++) {
        Result result = scenario.run(world, words.again());
        tables.print(result);
        results.add(result);
      }
    }
    return results;
  }

  /** A misspelt option would otherwise measure something else than was meant. */
  private static void tellUnused(Map<String, String> options, List<Result> results) {
    Set<String> unused = new TreeSet<>(options.keySet());
    unused.removeAll(COMMON);
    results.forEach(result -> unused.removeAll(result.options().keySet()));
    if (!unused.isEmpty()) {
      System.err.println("no scenario of this run knows the options " + unused);
    }
  }
}

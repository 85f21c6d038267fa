package dev.confab.loadtests.scenario;

import dev.confab.loadtests.client.Api;
import dev.confab.loadtests.client.Guest;
import dev.confab.loadtests.measure.Latency;
import dev.confab.loadtests.report.Result;
import dev.confab.loadtests.suite.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Searches of one person: for a word of every message, and for words of one message each. */
public final class Search implements Scenario {
  private static final String COMMON = "harbour";
  private static final double INDEXING = 30;

  @Override
  public String name() {
    return "search";
  }

  @Override
  public Result run(World world, Options options) {
    int conversations = options.number("conversations", 10);
    int messages = options.number("messages", 200);
    int reads = options.number("reads", 300);
    Guest guest = world.api().guest(0);
    Map<String, Double> figures = new LinkedHashMap<>();
    if (!world.api().has(guest, Api.SEARCH + COMMON)) {
      System.out.println("  search is not measured: GET /api/v1/search answers 404 here");
      figures.put("searches answered", 0.0);
      return new Result(name(), options.used(), 0, null, Map.of(), figures, List.of(), null);
    }
    Filler filler = Filler.of(world, () -> guest, options, 500);
    List<String> ids =
        world
            .api()
            .each(
                conversations,
                i -> world.api().conversation(guest, Map.of("kind", "room", "title", "S" + i)));
    for (int i = 0; i < conversations; i++) {
      int first = i * messages;
      filler.add(ids.get(i), messages, number -> COMMON + ' ' + rare(first + number - 1));
    }
    // An index may be filled beside the message's path.
    String last = rare((long) conversations * messages - 1);
    long written = System.nanoTime();
    if (!World.await(INDEXING, () -> world.api().search(guest, last) > 0)) {
      System.err.println("the last message was not found within " + INDEXING + " s");
    }
    figures.put("seconds until the last message is found", (System.nanoTime() - written) / 1e9);
    return measure(
        world, options, new Words(guest, (long) conversations * messages, reads), figures);
  }

  /** A word that is in one message only. */
  static String rare(long number) {
    StringBuilder word = new StringBuilder("zq");
    for (char digit : Long.toString(number).toCharArray()) {
      word.append((char) ('a' + digit - '0'));
    }
    return word.toString();
  }

  private record Words(Guest guest, long rare, int reads) {}

  private Result measure(World world, Options options, Words words, Map<String, Double> figures) {
    Latency common = new Latency();
    Latency rare = new Latency();
    read(world, words, words.reads() / 5 + 1, common, rare);
    common.reset();
    rare.reset();
    Usage usage = Usage.now(world.suite());
    long start = System.nanoTime();
    int found = read(world, words, words.reads(), common, rare);
    double took = (System.nanoTime() - start) / 1e9;
    List<Usage.Cost> costs = Usage.now(world.suite()).since(usage, world.suite());
    figures.put("searches answered", 2.0 * words.reads());
    figures.put("rare words found", (double) found);
    figures.put("generator's share of all CPU, %", Result.generatorShare(costs));
    Map<String, Latency.Summary> latencies = new LinkedHashMap<>();
    latencies.put("a word of every message", common.summary());
    latencies.put("a word of one message", rare.summary());
    Result.Work work = new Result.Work("search", 2L * words.reads(), null, 0);
    return new Result(name(), options.used(), took, null, latencies, figures, costs, work);
  }

  /** In turn; returns how many of the rare words were found. */
  private static int read(World world, Words words, int reads, Latency common, Latency rare) {
    int found = 0;
    for (int i = 0; i < reads; i++) {
      long start = System.nanoTime();
      world.api().search(words.guest(), COMMON);
      long between = System.nanoTime();
      common.record((between - start) / 1000);
      found += Math.min(1, world.api().search(words.guest(), rare(i * 7919L % words.rare())));
      rare.record((System.nanoTime() - between) / 1000);
    }
    return found;
  }
}

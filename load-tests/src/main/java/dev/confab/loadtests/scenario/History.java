package dev.confab.loadtests.scenario;

import dev.confab.loadtests.client.Guest;
import dev.confab.loadtests.measure.Latency;
import dev.confab.loadtests.report.Result;
import dev.confab.loadtests.suite.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pages of 50 messages of a short and of a long conversation, read in turn. */
public final class History implements Scenario {
  private static final int PAGE = 50;
  private static final double FILL_RATE = 1_000;
  private static final String PADDING = "x".repeat(110);

  @Override
  public String name() {
    return "history";
  }

  /** Where a page is. */
  enum Place {
    END,
    MIDDLE,
    START;

    /** The query that reads it in a conversation of a length. */
    String query(int length) {
      return switch (this) {
        case END -> "limit=" + PAGE;
        case MIDDLE -> "before_seq=" + (length / 2 + PAGE) + "&limit=" + PAGE;
        case START -> "after_seq=0&limit=" + PAGE;
      };
    }

    String title() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** One kind of page. */
  private record Page(Place place, String conversation, int length, Latency latency) {
    void read(World world, Guest reader) {
      long start = System.nanoTime();
      if (world.api().messages(reader, conversation, place.query(length)) != PAGE) {
        throw new IllegalStateException("a page is not whole");
      }
      latency.record((System.nanoTime() - start) / 1000);
    }

    String title() {
      return place.title() + " of " + length;
    }
  }

  @Override
  public Result run(World world, Options options) {
    int brief = options.number("short", 1_000);
    int extensive = options.number("long", 20_000);
    int reads = options.number("reads", 500);
    if (Math.min(brief, extensive) < 2 * PAGE) {
      throw new IllegalArgumentException("conversations want at least " + 2 * PAGE + " messages");
    }
    Kept kept = Kept.open(world);
    Filler filler = Filler.of(world, kept::guest, options, FILL_RATE);
    List<Page> pages = new ArrayList<>();
    for (int length : List.of(brief, extensive)) {
      String conversation = kept.conversation(kept.guest(), length);
      filler.fillTo(conversation, length, number -> number + " " + PADDING);
      for (Place place : Place.values()) {
        pages.add(new Page(place, conversation, length, new Latency()));
      }
    }
    Guest reader = kept.guest();
    read(world, reader, pages, reads / 5 + 1);
    pages.forEach(page -> page.latency().reset());
    Usage usage = Usage.now(world.suite());
    long start = System.nanoTime();
    read(world, reader, pages, reads);
    double took = (System.nanoTime() - start) / 1e9;
    return result(
        options, pages, reads, took, Usage.now(world.suite()).since(usage, world.suite()));
  }

  /** In turn, so that whatever else happens on the machine happens to all alike. */
  private static void read(World world, Guest reader, List<Page> pages, int reads) {
    for (int i = 0; i < reads; i++) {
      pages.forEach(page -> page.read(world, reader));
    }
  }

  private Result result(
      Options options, List<Page> pages, int reads, double took, List<Usage.Cost> costs) {
    Map<String, Latency.Summary> latencies = new LinkedHashMap<>();
    pages.forEach(page -> latencies.put(page.title(), page.latency().summary()));
    Map<String, Double> figures = new LinkedHashMap<>();
    int places = Place.values().length;
    for (int i = 0; i < places; i++) {
      Latency.Summary fast = pages.get(i).latency().summary();
      Latency.Summary slow = pages.get(i + places).latency().summary();
      String title = pages.get(i).place().title() + ": long over short, ";
      figures.put(title + "p50", slow.p50() / fast.p50());
      figures.put(title + "p99", slow.p99() / fast.p99());
    }
    figures.put("generator's share of all CPU, %", Result.generatorShare(costs));
    Result.Work work = new Result.Work("page", (long) reads * pages.size(), null, 0);
    return new Result(name(), options.used(), took, null, latencies, figures, costs, work);
  }
}

package dev.confab.loadtests.scenario;

import dev.confab.loadtests.client.Socket;
import dev.confab.loadtests.measure.Deliveries;
import dev.confab.loadtests.measure.Latency;
import dev.confab.loadtests.measure.Pace;
import dev.confab.loadtests.report.Result;
import dev.confab.loadtests.suite.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Everybody but one in each room loses the connection, misses some messages and comes back at once
 * with the last number seen.
 */
public final class Storm implements Scenario {
  private static final int MESSAGES = 10;
  private static final double PATIENCE = 60;

  @Override
  public String name() {
    return "storm";
  }

  @Override
  public Result run(World world, Options options) {
    int rooms = options.number("rooms", 50);
    int size = options.number("members", 20);
    Deliveries deliveries = new Deliveries();
    Rooms made =
        Rooms.make(world, rooms, size, options.number("payload", 128), deliveries, new Latency());
    try {
      Pace.run(100, rooms * MESSAGES / 100.0, made::send);
      World.await(PATIENCE, deliveries::isComplete);
      List<Member> members = made.members();
      List<Member> away =
          java.util.stream.IntStream.range(0, members.size())
              .filter(i -> i % size != 0)
              .mapToObj(members::get)
              .toList();
      away.forEach(member -> member.socket().close());
      missed(members, size, deliveries);
      return measure(world, options, away, deliveries);
    } finally {
      made.tellErrors();
      made.close();
    }
  }

  /** The first of each room goes on talking. */
  private static void missed(List<Member> members, int size, Deliveries deliveries) {
    for (int message = 0; message < MESSAGES; message++) {
      for (int i = 0; i < members.size(); i += size) {
        members.get(i).send(System.nanoTime(), "missed", size);
      }
      World.pause(100);
    }
    World.pause(2_000);
    if (deliveries.counts().delivered() == 0) {
      throw new IllegalStateException("nothing is delivered");
    }
  }

  private Result measure(World world, Options options, List<Member> away, Deliveries deliveries) {
    Latency joined = new Latency();
    LongAdder failures = new LongAdder();
    Usage usage = Usage.now(world.suite());
    long start = System.nanoTime();
    for (int i = 0; i < away.size(); i++) {
      comeBack(world, away.get(i), i, joined, failures);
    }
    boolean whole = World.await(PATIENCE, deliveries::isComplete);
    double took = (System.nanoTime() - start) / 1e9;
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("clients that came back", (double) away.size());
    figures.put("seconds until all are whole", whole ? took : Double.NaN);
    figures.put("failed connections", failures.doubleValue());
    return new Result(
        name(),
        options.used(),
        took,
        deliveries.counts(),
        Map.of("connect → joined", joined.summary()),
        figures,
        Usage.now(world.suite()).since(usage, world.suite()));
  }

  private static void comeBack(
      World world, Member member, int gateway, Latency joined, LongAdder failures) {
    long start = System.nanoTime();
    world
        .sockets()
        .open(member.guest(), gateway, member)
        .compose(socket -> join(member, socket))
        .onSuccess(seq -> joined.record((System.nanoTime() - start) / 1000))
        .onFailure(failure -> failures.increment());
  }

  private static io.vertx.core.Future<Long> join(Member member, Socket socket) {
    member.socket(socket);
    return socket.join(member.room(), member.lastSeq());
  }
}

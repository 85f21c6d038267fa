package dev.confab.loadtests.scenario;

import dev.confab.loadtests.client.Socket;
import dev.confab.loadtests.measure.Deliveries;
import dev.confab.loadtests.measure.Latency;
import dev.confab.loadtests.measure.Pace;
import dev.confab.loadtests.report.Result;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * Everybody but one in each room loses the connection, misses some messages and comes back at once
 * with the last number seen.
 */
public final class Storm implements Scenario {
  private static final int MESSAGES = 10;
  private static final double RATE = 250;
  private static final double PATIENCE = 60;
  private static final long RETRY_MS = 500;

  @Override
  public String name() {
    return "storm";
  }

  @Override
  public Result run(World world, Options options) {
    int clients = options.number("clients", 5_000);
    int size = options.number("members", 20);
    int payload = options.number("payload", 128);
    int rooms = rooms(clients, size);
    Deliveries deliveries = new Deliveries();
    Watch watch = new Watch(world);
    Rooms made = Rooms.make(world, rooms, size, payload, deliveries, new Latency());
    try {
      Pace.run(RATE, rooms * MESSAGES / RATE, made::send);
      World.await(PATIENCE, deliveries::isComplete);
      List<Member> members = made.members();
      List<Member> away =
          IntStream.range(0, members.size())
              .filter(i -> i % size != 0)
              .mapToObj(members::get)
              .limit(clients)
              .toList();
      away.forEach(Member::leave);
      missed(members, size, deliveries);
      return new Return(world, away, deliveries, watch).measure(options);
    } finally {
      made.tellErrors();
      made.close();
    }
  }

  /** As many rooms as it takes so that, with one staying in each, so many can go. */
  static int rooms(int clients, int size) {
    if (clients < 1 || size < 2) {
      throw new IllegalArgumentException("a storm wants --clients from 1 and --members from 2 on");
    }
    return Math.ceilDiv(clients, size - 1);
  }

  /** The first of each room goes on talking. */
  private static void missed(List<Member> members, int size, Deliveries deliveries) {
    World.pause(1_000);
    int rooms = members.size() / size;
    long before = deliveries.counts().delivered();
    int[] turn = {0};
    Pace.run(
        RATE,
        rooms * MESSAGES / RATE,
        due -> members.get(turn[0]++ % rooms * size).send(due, "missed", size));
    World.pause(2_000);
    if (deliveries.counts().delivered() == before) {
      throw new IllegalStateException("nothing is delivered");
    }
  }

  /** The storm itself. */
  private record Return(
      World world,
      List<Member> away,
      Deliveries deliveries,
      Watch watch,
      Latency joined,
      LongAdder failures) {

    Return(World world, List<Member> away, Deliveries deliveries, Watch watch) {
      this(world, away, deliveries, watch, new Latency(), new LongAdder());
    }

    Result measure(Options options) {
      Deliveries.Counts before = deliveries.counts();
      watch.start();
      for (int i = 0; i < away.size(); i++) {
        comeBack(away.get(i), i, System.nanoTime());
      }
      boolean whole = World.await(PATIENCE, deliveries::isComplete);
      watch.stop();
      Deliveries.Counts counts = deliveries.counts();
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("clients that came back", (double) joined.summary().count());
      figures.put("seconds until all are whole", whole ? watch.seconds() : Double.NaN);
      figures.put("failed connections", failures.doubleValue());
      figures.put("errors", (double) counts.errors());
      watch.tell(figures, away.size());
      Result.Work work =
          new Result.Work("client", away.size(), "delivery", counts.since(before).delivered());
      return new Result(
          "storm",
          options.used(),
          watch.seconds(),
          counts,
          Map.of("connect → joined", joined.summary()),
          figures,
          watch.costs(),
          work);
    }

    /** One that fails tries again, and its time goes on. */
    private void comeBack(Member member, int gateway, long start) {
      world
          .sockets()
          .open(member.guest(), gateway, member)
          .compose(socket -> join(member, socket))
          .onSuccess(seq -> joined.record((System.nanoTime() - start) / 1000))
          .onFailure(
              failure -> {
                failures.increment();
                world.sockets().later(RETRY_MS, () -> comeBack(member, gateway, start));
              });
    }

    private static Future<Long> join(Member member, Socket socket) {
      member.socket(socket);
      return socket.join(member.room(), member.lastSeq());
    }
  }
}

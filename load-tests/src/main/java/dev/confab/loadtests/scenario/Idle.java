package dev.confab.loadtests.scenario;

import dev.confab.loadtests.client.Guest;
import dev.confab.loadtests.client.Socket;
import dev.confab.loadtests.report.Result;
import dev.confab.loadtests.suite.LiveHeap;
import dev.confab.loadtests.suite.RunningSuite;
import dev.confab.loadtests.suite.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/** Connections that joined a conversation and say nothing: what they cost a gateway. */
public final class Idle implements Scenario {
  /** As many as a gateway allows one user. */
  private static final int PER_USER = 30;

  private static final long SETTLE_MS = 5_000;
  private static final double KIB = 1024;

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public Result run(World world, Options options) {
    int count = options.number("connections", 2_000);
    int gateway = options.number("gateway", 0);
    double seconds = options.decimal("seconds", 30);
    List<RunningSuite.Part> gateways = gateways(world, gateway);
    int users = Math.ceilDiv(count, PER_USER);
    List<Guest> guests = world.api().each(users, world.api()::guest);
    List<String> conversations =
        world
            .api()
            .each(
                users,
                i -> world.api().conversation(guests.get(i), Map.of("kind", "room", "title", "I")));
    // What is left of those who were here before would be counted against those who come.
    World.pause(SETTLE_MS);
    Look before = Look.collected(world, gateways);
    LongAdder closed = new LongAdder();
    List<Socket> sockets =
        world
            .api()
            .each(
                count,
                i ->
                    connect(
                        world,
                        guests.get(i % users),
                        conversations.get(i % users),
                        // A user's connections, too, are spread over the gateways.
                        gateway > 0 ? gateway - 1 : i / users,
                        closed));
    try {
      World.pause(SETTLE_MS);
      Look settled = Look.collected(world, gateways);
      Usage begin = Usage.now(world.suite());
      World.pause((long) (seconds * 1000));
      List<Usage.Cost> costs = Usage.now(world.suite()).since(begin, world.suite());
      Map<String, Double> figures = new LinkedHashMap<>();
      settled.tell(before, world, gateways, count, figures);
      figures.put("gateway CPU, % of a core", 100 * cpu(costs, gateways) / seconds);
      figures.put("connections lost", closed.doubleValue());
      figures.put("generator's share of all CPU, %", Result.generatorShare(costs));
      return new Result(
          name(),
          options.used(),
          seconds,
          null,
          Map.of(),
          figures,
          costs,
          new Result.Work("connection", count, null, 0));
    } finally {
      sockets.forEach(Socket::close);
    }
  }

  /** All of them, or the one with this number, counted from 1. */
  private static List<RunningSuite.Part> gateways(World world, int number) {
    List<RunningSuite.Part> all = world.suite().gatewayParts();
    if (number > all.size()) {
      throw new IllegalArgumentException("there are " + all.size() + " gateways, not " + number);
    }
    return number == 0 ? all : List.of(all.get(number - 1));
  }

  private static Socket connect(
      World world, Guest guest, String conversation, int gateway, LongAdder closed) {
    Socket socket = World.get(world.sockets().open(guest, gateway, new Listener(closed)));
    World.get(socket.join(conversation));
    return socket;
  }

  private record Listener(LongAdder closed) implements Socket.Listener {
    @Override
    public void onFrame(io.netty.buffer.ByteBuf frame) {
      // It only has to be read.
    }

    @Override
    public void onClosed() {
      closed.increment();
    }
  }

  private static double cpu(List<Usage.Cost> costs, List<RunningSuite.Part> gateways) {
    return costs.stream()
        .filter(cost -> gateways.stream().anyMatch(part -> part.name().equals(cost.name())))
        .mapToDouble(Usage.Cost::cpuSeconds)
        .sum();
  }

  /** Memory at one time; the heap is empty where it could not be had. */
  private record Look(Usage usage, OptionalLong liveHeap) {
    /** Resident memory is read before the collection, which would touch more of the heap. */
    static Look collected(World world, List<RunningSuite.Part> gateways) {
      Usage usage = Usage.now(world.suite());
      long sum = 0;
      for (RunningSuite.Part gateway : gateways) {
        OptionalLong bytes = LiveHeap.bytes(gateway.pid());
        if (bytes.isEmpty()) {
          return new Look(usage, bytes);
        }
        sum += bytes.getAsLong();
      }
      return new Look(usage, OptionalLong.of(sum));
    }

    void tell(
        Look before,
        World world,
        List<RunningSuite.Part> gateways,
        int count,
        Map<String, Double> figures) {
      double grown =
          usage.since(before.usage(), world.suite()).stream()
              .filter(cost -> gateways.stream().anyMatch(part -> part.name().equals(cost.name())))
              .mapToDouble(Usage.Cost::grownKb)
              .sum();
      figures.put("gateway resident KiB grown per connection", grown / count);
      if (liveHeap.isPresent() && before.liveHeap().isPresent()) {
        double heap = liveHeap.getAsLong() - before.liveHeap().getAsLong();
        figures.put("gateway live heap KiB per connection", heap / KIB / count);
      }
    }
  }
}

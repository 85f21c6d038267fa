package dev.confab.loadtests.scenario;

import dev.confab.loadtests.client.Guest;
import dev.confab.loadtests.client.Socket;
import dev.confab.loadtests.report.Result;
import dev.confab.loadtests.suite.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Connections that joined a conversation and say nothing: what they cost a gateway. */
public final class Idle implements Scenario {
  private static final int PER_USER = 25;
  private static final long SETTLE_MS = 5_000;

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public Result run(World world, Options options) {
    int count = options.number("connections", 2_000);
    double seconds = options.decimal("seconds", 30);
    int users = Math.ceilDiv(count, PER_USER);
    List<Guest> guests = world.api().each(users, world.api()::guest);
    List<String> conversations =
        world
            .api()
            .each(
                users,
                i -> world.api().conversation(guests.get(i), Map.of("kind", "room", "title", "I")));
    Usage before = Usage.now(world.suite());
    List<Socket> sockets =
        world
            .api()
            .each(
                count, i -> connect(world, guests.get(i % users), conversations.get(i % users), i));
    try {
      World.pause(SETTLE_MS);
      Usage settled = Usage.now(world.suite());
      World.pause((long) (seconds * 1000));
      Usage after = Usage.now(world.suite());
      return result(options, count, seconds, new Looks(before, settled, after), world);
    } finally {
      sockets.forEach(Socket::close);
    }
  }

  private static Socket connect(World world, Guest guest, String conversation, int gateway) {
    Socket socket = World.get(world.sockets().open(guest, gateway, frame -> {}));
    World.get(socket.join(conversation));
    return socket;
  }

  private record Looks(Usage before, Usage settled, Usage after) {}

  private Result result(Options options, int count, double seconds, Looks looks, World world) {
    long grown = 0;
    for (Usage.Cost cost : looks.settled().since(looks.before(), world.suite())) {
      grown += cost.name().startsWith("gateway") ? cost.grownKb() : 0;
    }
    List<Usage.Cost> costs = looks.after().since(looks.settled(), world.suite());
    double cpu = 0;
    for (Usage.Cost cost : costs) {
      cpu += cost.name().startsWith("gateway") ? cost.cpuSeconds() : 0;
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("gateway KiB grown per connection", (double) grown / count);
    figures.put("gateway CPU, % of a core", 100 * cpu / seconds);
    return new Result(name(), options.used(), seconds, null, Map.of(), figures, costs);
  }
}

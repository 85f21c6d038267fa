package dev.confab.loadtests.scenario;

import dev.confab.loadtests.client.Guest;
import dev.confab.loadtests.measure.Deliveries;
import dev.confab.loadtests.measure.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Rooms full of guests, each with one joined socket. */
final class Rooms {
  private static final int STAMP = 18;

  private final List<List<Member>> rooms;
  private final String padding;
  private int turn;

  private Rooms(List<List<Member>> rooms, String padding) {
    this.rooms = rooms;
    this.padding = padding;
  }

  /**
   * Makes them.
   *
   * @param payload length of a message in characters, stamp included
   */
  static Rooms make(
      World world, int count, int members, int payload, Deliveries deliveries, Latency latency) {
    List<Guest> guests = world.api().each(count * members, world.api()::guest);
    List<String> ids =
        world
            .api()
            .each(count, i -> room(world, guests.subList(i * members, (i + 1) * members), i));
    List<Member> all =
        world
            .api()
            .each(
                count * members,
                i ->
                    new Member(guests.get(i), ids.get(i / members), deliveries, latency)
                        .connect(world, i));
    List<List<Member>> rooms = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rooms.add(all.subList(i * members, (i + 1) * members));
    }
    return new Rooms(rooms, "x".repeat(Math.max(0, payload - STAMP)));
  }

  private static String room(World world, List<Guest> people, int number) {
    return world
        .api()
        .conversation(
            people.getFirst(),
            Map.of(
                "kind",
                "room",
                "title",
                "Load " + number,
                "participants",
                people.stream().skip(1).map(Guest::userId).toList()));
  }

  /** The next room in turn gets a message of its next member. */
  void send(long intendedNanos) {
    int now = turn++;
    List<Member> room = rooms.get(now % rooms.size());
    Member sender = room.get(now / rooms.size() % room.size());
    sender.send(intendedNanos, padding, room.size());
  }

  List<Member> members() {
    return rooms.stream().flatMap(List::stream).toList();
  }

  /** Says what the suite refused, once. */
  void tellErrors() {
    members().stream()
        .map(Member::lastError)
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(error -> System.err.println("the suite refused, for instance: " + error));
  }

  void close() {
    members().forEach(Member::leave);
  }
}

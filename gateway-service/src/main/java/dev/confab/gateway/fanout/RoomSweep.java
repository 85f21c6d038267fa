package dev.confab.gateway.fanout;

import dev.confab.contracts.RedisKeys;
import java.util.Map;
import java.util.Set;

/** Looks now and then whether rooms are behind, and closes those that nobody is in. */
final class RoomSweep {
  private final Fanout fanout;
  private final FanoutConfig config;
  private final Heads heads;
  private final Map<String, Room> rooms;
  private final Set<Room> restless;
  private final RedisChannels channels;

  RoomSweep(
      Fanout fanout,
      FanoutConfig config,
      Heads heads,
      Map<String, Room> rooms,
      Set<Room> restless,
      RedisChannels channels) {
    this.fanout = fanout;
    this.config = config;
    this.heads = heads;
    this.rooms = rooms;
    this.restless = restless;
    this.channels = channels;
  }

  /** To be called every second. On the context. */
  void look() {
    var interval = fanout.isRedisUp() ? config.headsInterval() : config.headsIntervalWithoutRedis();
    if (!heads.askedWithin(interval.toMillis())) {
      closeAbandoned();
      compareHeads();
    }
  }

  private void closeAbandoned() {
    rooms
        .values()
        .removeIf(
            room -> {
              boolean abandoned = room.isAbandoned();
              if (abandoned) {
                restless.remove(room);
                fanout.company().part(room);
                channels.unsubscribe(RedisKeys.conversationChannel(room.conversationId()));
              }
              return abandoned;
            });
  }

  /** Asks how far every conversation here is; whoever is behind catches up. */
  void compareHeads() {
    heads.ask(
        rooms.keySet(),
        head ->
            fanout.withRoom(
                head.conversationId(),
                room -> room.sequencer().head(head.lastSeq(), head.history())));
  }
}

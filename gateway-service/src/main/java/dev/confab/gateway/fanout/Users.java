package dev.confab.gateway.fanout;

import dev.confab.contracts.RedisKeys;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The connections of this replica by user, and the users' channels. On the fan-out's context. */
final class Users {
  private final RedisChannels channels;
  private final Map<String, Set<Subscriber>> connections = new HashMap<>();

  Users(RedisChannels channels) {
    this.channels = channels;
  }

  /** Adds a connection; completes when its user's channel is subscribed, or fails. */
  Future<Void> add(Subscriber subscriber) {
    connections.computeIfAbsent(subscriber.userId(), user -> new HashSet<>(4)).add(subscriber);
    return channels.subscribe(RedisKeys.userChannel(subscriber.userId()));
  }

  void remove(Subscriber subscriber) {
    var own = connections.get(subscriber.userId());
    if (own != null && own.remove(subscriber) && own.isEmpty()) {
      connections.remove(subscriber.userId());
      channels.unsubscribe(RedisKeys.userChannel(subscriber.userId()));
    }
  }

  Set<Subscriber> of(String userId) {
    return connections.getOrDefault(userId, Set.of());
  }
}

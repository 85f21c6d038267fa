package dev.confab.chat.presence;

import dev.confab.contracts.presence.PresenceLookup;
import io.quarkus.redis.datasource.RedisDataSource;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Who is there, as gateways keep it in Redis. Whoever nothing is known of counts as online: while
 * Redis is away, and for some seconds after it lost what it knew. Calls block for one round trip, a
 * second at most.
 */
@ApplicationScoped
public class Presence {
  private static final Logger LOG = Logger.getLogger(Presence.class);
  private static final int AT_ONCE = 1_000;

  private final RedisDataSource redis;
  private volatile boolean away;

  Presence(RedisDataSource redis) {
    this.redis = redis;
  }

  /** Those who are surely offline, on every device; what is unknown counts as online. */
  public Set<String> knownOffline(Collection<String> userIds) {
    Set<String> offline = new HashSet<>();
    states(userIds)
        .forEach(
            (user, state) -> {
              if (!state.online()) {
                offline.add(user);
              }
            });
    return offline;
  }

  /** What is known of users; those of whom nothing is known are not among them. */
  public Map<String, PresenceState> states(Collection<String> userIds) {
    List<String> users = List.copyOf(new HashSet<>(userIds));
    Map<String, PresenceState> states = new HashMap<>();
    try {
      for (int from = 0; from < users.size(); from += AT_ONCE) {
        read(users.subList(from, Math.min(from + AT_ONCE, users.size())), states);
      }
      away = false;
    } catch (RuntimeException e) {
      if (!away) {
        LOG.warnf("event=presence_unknown error=%s", e.getClass().getSimpleName());
      }
      away = true;
      return Map.of();
    }
    return states;
  }

  private void read(List<String> users, Map<String, PresenceState> into) {
    List<String> arguments = new ArrayList<>(users.size() + PresenceLookup.KEYS.size() + 2);
    arguments.add(PresenceLookup.SCRIPT);
    arguments.add(Integer.toString(PresenceLookup.KEYS.size()));
    arguments.addAll(PresenceLookup.KEYS);
    arguments.addAll(users);
    Response found = redis.execute("EVAL", arguments.toArray(String[]::new));
    for (int i = 0; i < users.size() && 2 * i + 1 < found.size(); i++) {
      boolean online = "1".equals(found.get(2 * i).toString());
      into.put(users.get(i), new PresenceState(online, time(found.get(2 * i + 1).toString())));
    }
  }

  private static Instant time(String millis) {
    return millis.isEmpty() ? null : Instant.ofEpochMilli((long) Double.parseDouble(millis));
  }
}

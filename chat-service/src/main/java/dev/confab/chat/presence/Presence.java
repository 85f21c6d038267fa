package dev.confab.chat.presence;

import dev.confab.contracts.RedisKeys;
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

  /** Per user whether they are online and when they were last seen; nothing while unknown. */
  private static final String STATES =
      """
      local marker = tonumber(redis.call('GET', KEYS[1]) or '')
      local time = redis.call('TIME')
      if not marker or time[1] * 1000 + math.floor(time[2] / 1000) < marker then return {} end
      local states = {}
      for _, user in ipairs(ARGV) do
        local online = redis.call('SISMEMBER', KEYS[2], user) == 1
          and redis.call('SISMEMBER', KEYS[3], user) == 0
        states[#states + 1] = online and '1' or '0'
        states[#states + 1] = online and '' or redis.call('ZSCORE', KEYS[4], user) or ''
      end
      return states
      """;

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
    List<String> arguments = new ArrayList<>(users.size() + 6);
    arguments.addAll(
        List.of(
            STATES,
            "4",
            RedisKeys.PRESENCE_MARKER,
            RedisKeys.PRESENCE_ONLINE,
            RedisKeys.PRESENCE_HIDDEN,
            RedisKeys.PRESENCE_SEEN));
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

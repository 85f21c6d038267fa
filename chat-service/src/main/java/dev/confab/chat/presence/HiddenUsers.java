package dev.confab.chat.presence;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.conversation.Instants;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.ledger.Update;
import dev.confab.chat.ledger.Writes;
import dev.confab.chat.schema.Rounds;
import dev.confab.contracts.RedisKeys;
import dev.confab.contracts.auth.UserEvent.PresenceChosen;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Who wants to count as offline. The database knows it; Redis holds a copy, made anew whenever a
 * wish changed or Redis lost what it held.
 */
@ApplicationScoped
class HiddenUsers {
  private static final Logger LOG = Logger.getLogger(HiddenUsers.class);
  private static final int AT_ONCE = 1_000;
  private static final int LOOKS_PER_COPY = 20;
  private static final String TEMPORARY_LIFE_SECONDS = "60";
  private static final String KEEP =
      "INSERT INTO presence_wishes AS w (user_id, offline, changed_at) VALUES (?, ?, ?)"
          + " ON CONFLICT (user_id) DO UPDATE SET offline = EXCLUDED.offline,"
          + " changed_at = EXCLUDED.changed_at WHERE w.changed_at <= EXCLUDED.changed_at";
  private static final String ALL =
      "SELECT w.user_id FROM presence_wishes w WHERE w.offline AND w.user_id > ?"
          + " ORDER BY w.user_id LIMIT ?";

  /** Takes the new set's place at once, and tells of those whom it makes look otherwise. */
  private static final String REPLACE =
      """
      local hidden, fresh, online, seen = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
      local time = redis.call('TIME')
      local now = time[1] * 1000 + math.floor(time[2] / 1000)
      local function tell(user, status)
        if redis.call('SISMEMBER', online, user) == 1 then
          if status == 'offline' then
            redis.call('ZADD', seen, string.format('%.0f', now), user)
          end
          redis.call('PUBLISH', ARGV[1],
            cjson.encode({user_id = user, status = status, at_ms = now}))
        end
      end
      local hide = redis.call('SDIFF', fresh, hidden)
      local show = redis.call('SDIFF', hidden, fresh)
      redis.call('DEL', hidden)
      if redis.call('EXISTS', fresh) == 1 then
        redis.call('RENAME', fresh, hidden)
        redis.call('PERSIST', hidden)
      end
      for _, user in ipairs(hide) do tell(user, 'offline') end
      for _, user in ipairs(show) do tell(user, 'online') end
      return #hide + #show
      """;

  private final ChatConfig.Presence config;
  private final Writes writes;
  private final Reads reads;
  private final RedisDataSource redis;
  private final Rounds rounds;
  private String restoredFor = "";
  private int looks;

  HiddenUsers(ChatConfig config, Writes writes, Reads reads, RedisDataSource redis, Rounds rounds) {
    this.config = config.presence();
    this.writes = writes;
    this.reads = reads;
    this.redis = redis;
    this.rounds = rounds;
  }

  void start(@Observes StartupEvent ignored) {
    rounds.every("hidden-users", config.restoreEvery(), this::look);
  }

  /** Keeps wishes, of two of one user the later one, and has Redis follow. */
  void keep(List<PresenceChosen> wishes) {
    writes.run(
        connection -> {
          for (PresenceChosen each : wishes) {
            Update.run(
                connection,
                KEEP,
                each.userId(),
                each.offline(),
                Instants.parameter(each.changedAt()));
          }
          return null;
        });
    try {
      restore();
    } catch (RuntimeException e) {
      LOG.warnf("event=presence_wishes_later error=%s", e.getClass().getSimpleName());
      forget();
    }
  }

  private synchronized void forget() {
    restoredFor = "";
  }

  /**
   * The marker is another one whenever Redis lost what it held. Now and then the copy is made anew
   * in any case, for two replicas may have done it in the wrong order.
   */
  private synchronized void look() {
    Response marker = redis.execute("GET", RedisKeys.PRESENCE_MARKER);
    if (looks++ % LOOKS_PER_COPY == 0) {
      forget();
    }
    if (marker != null && !marker.toString().equals(restoredFor)) {
      restore();
      restoredFor = marker.toString();
    }
  }

  private synchronized void restore() {
    String fresh = RedisKeys.PRESENCE_HIDDEN + ':' + UUID.randomUUID();
    String last = "";
    List<String> page;
    do {
      page = page(last);
      if (!page.isEmpty()) {
        List<String> members = new ArrayList<>(page);
        members.add(0, fresh);
        redis.execute("SADD", members.toArray(String[]::new));
        redis.execute("EXPIRE", fresh, TEMPORARY_LIFE_SECONDS);
        last = page.get(page.size() - 1);
      }
    } while (page.size() == AT_ONCE);
    redis.execute(
        "EVAL",
        REPLACE,
        "4",
        RedisKeys.PRESENCE_HIDDEN,
        fresh,
        RedisKeys.PRESENCE_ONLINE,
        RedisKeys.PRESENCE_SEEN,
        RedisKeys.PRESENCE_CHANNEL);
  }

  private List<String> page(String after) {
    return reads.plain(
        connection ->
            Reads.all(connection, ALL, rows -> rows.getString("user_id"), after, AT_ONCE));
  }
}

package dev.confab.gateway.presence;

import dev.confab.contracts.RedisKeys;
import java.util.List;

/**
 * What happens to presence, each in one step of Redis, so that of several replicas one announces a
 * change. All keys share a slot.
 */
final class PresenceScripts {
  /** Keys of all scripts; the replica's own set follows as the last one. */
  static final List<String> KEYS =
      List.of(
          RedisKeys.PRESENCE_MARKER,
          RedisKeys.PRESENCE_GATEWAYS,
          RedisKeys.PRESENCE_ONLINE,
          RedisKeys.PRESENCE_HIDDEN,
          RedisKeys.PRESENCE_LEAVING,
          RedisKeys.PRESENCE_SEEN);

  /** One sweep looks at so many users of a kind, so that it blocks Redis for milliseconds only. */
  static final int SWEPT_AT_ONCE = 500;

  private static final String BEGINNING =
      """
      local marker, gateways, online = KEYS[1], KEYS[2], KEYS[3]
      local hidden, leaving, seen, own = KEYS[4], KEYS[5], KEYS[6], KEYS[7]
      local time = redis.call('TIME')
      local now = time[1] * 1000 + math.floor(time[2] / 1000)
      local function text(number) return string.format('%.0f', number) end
      local function is_hidden(user) return redis.call('SISMEMBER', hidden, user) == 1 end
      local function announce(user, status, at)
        if not is_hidden(user) then
          redis.call('PUBLISH', '"""
          + RedisKeys.PRESENCE_CHANNEL
          + """
      ', cjson.encode({user_id = user, status = status, at_ms = at}))
        end
      end
      local function came(user)
        redis.call('SADD', own, user)
        redis.call('ZREM', leaving, user)
        if redis.call('SADD', online, user) == 1 then announce(user, 'online', now) end
      end
      local function left(user, look_at)
        redis.call('ZADD', leaving, text(look_at), user)
        if not is_hidden(user) then redis.call('ZADD', seen, text(now), user) end
      end
      """;

  /** The user's first connection here. Arguments: user. */
  static final String CAME = BEGINNING + "came(ARGV[1])";

  /** The user's last connection here ended. Arguments: user, grace. */
  static final String LEFT =
      BEGINNING
          + """
      redis.call('SREM', own, ARGV[1])
      left(ARGV[1], now + ARGV[2])
      """;

  /**
   * Renews lease and marker. Arguments: replica, lease, life of the marker, how long nothing is
   * known once it was lost. Answers how many users the replica's set holds.
   */
  static final String RENEW =
      BEGINNING
          + """
      redis.call('ZADD', gateways, text(now + ARGV[2]), ARGV[1])
      local from = redis.call('GET', marker) or text(now + ARGV[4])
      redis.call('SET', marker, from, 'PX', ARGV[3])
      return redis.call('SCARD', own)
      """;

  /** Writes the replica's set anew. Arguments: grace, users. */
  static final String REWRITE =
      BEGINNING
          + """
      local before = redis.call('SMEMBERS', own)
      redis.call('DEL', own)
      for i = 2, #ARGV do came(ARGV[i]) end
      for _, user in ipairs(before) do
        if redis.call('SISMEMBER', own, user) == 0 then left(user, now + ARGV[1]) end
      end
      """;

  /**
   * Takes apart the sets of dead replicas and announces who is gone, a bounded number at a time.
   * Nothing while nothing is known. Arguments: how long last times are kept, the lease. Answers how
   * many users it looked at; from {@link #SWEPT_AT_ONCE} on there may be more.
   */
  static final String SWEEP =
      BEGINNING
          + """
      local from = tonumber(redis.call('GET', marker) or '')
      if not from or now < from then return 0 end
      local looked_at = 0
      for _, dead in ipairs(redis.call('ZRANGEBYSCORE', gateways, '-inf', text(now), 'LIMIT', 0, 4)) do
        local last = redis.call('ZSCORE', gateways, dead) - ARGV[2]
        local users = redis.call('SPOP', '"""
          + RedisKeys.PRESENCE_AT
          + """
      ' .. dead, 500)
        for _, user in ipairs(users) do
          redis.call('ZADD', leaving, text(now), user)
          if not is_hidden(user) then redis.call('ZADD', seen, 'GT', text(last), user) end
        end
        looked_at = looked_at + #users
        if #users < 500 then redis.call('ZREM', gateways, dead) end
      end
      local living = redis.call('ZRANGEBYSCORE', gateways, '(' .. text(now), '+inf')
      local function is_there(user)
        for _, gateway in ipairs(living) do
          if redis.call('SISMEMBER', '"""
          + RedisKeys.PRESENCE_AT
          + """
      ' .. gateway, user) == 1 then return true end
        end
        return false
      end
      local gone = redis.call('ZRANGEBYSCORE', leaving, '-inf', text(now), 'LIMIT', 0, 500)
      for _, user in ipairs(gone) do
        redis.call('ZREM', leaving, user)
        if not is_there(user) and redis.call('SREM', online, user) == 1 then
          announce(user, 'offline', tonumber(redis.call('ZSCORE', seen, user) or now))
        end
      end
      redis.call('ZREMRANGEBYSCORE', seen, '-inf', text(now - ARGV[1]))
      return looked_at + #gone
      """;

  private PresenceScripts() {}
}

package dev.confab.contracts.presence;

import dev.confab.contracts.RedisKeys;
import java.util.List;

/**
 * How presence is read from Redis, the same for all who ask: while the marker is missing, or says
 * that what stands there is not to be believed yet, nothing is known of anybody.
 */
public final class PresenceLookup {
  /** The keys of {@link #SCRIPT}. */
  public static final List<String> KEYS =
      List.of(
          RedisKeys.PRESENCE_MARKER,
          RedisKeys.PRESENCE_ONLINE,
          RedisKeys.PRESENCE_HIDDEN,
          RedisKeys.PRESENCE_SEEN);

  /**
   * Lua; its arguments are user ids. Answers an empty list while nothing is known, else two values
   * per user: {@code 1} or {@code 0} for online or not, and when one who is offline was last seen
   * (milliseconds, empty if nobody remembers).
   */
  public static final String SCRIPT =
      """
      local from = tonumber(redis.call('GET', KEYS[1]) or '')
      local time = redis.call('TIME')
      if not from or time[1] * 1000 + math.floor(time[2] / 1000) < from then return {} end
      local states = {}
      for _, user in ipairs(ARGV) do
        local online = redis.call('SISMEMBER', KEYS[2], user) == 1
          and redis.call('SISMEMBER', KEYS[3], user) == 0
        states[#states + 1] = online and '1' or '0'
        states[#states + 1] = online and '' or redis.call('ZSCORE', KEYS[4], user) or ''
      end
      return states
      """;

  private PresenceLookup() {}
}

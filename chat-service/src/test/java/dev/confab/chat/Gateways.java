package dev.confab.chat;

import dev.confab.chat.Api.Person;
import dev.confab.contracts.RedisKeys;
import io.quarkus.redis.datasource.RedisDataSource;

/** Plays the gateways: says in Redis who is there. */
final class Gateways {
  private final RedisDataSource redis;

  Gateways(RedisDataSource redis) {
    this.redis = redis;
    believed();
  }

  /** What stands in Redis is to be believed. */
  void believed() {
    redis.execute("SET", RedisKeys.PRESENCE_MARKER, "1");
  }

  /** Redis lost what it held, and the gateways noticed. */
  void lost(String sinceMs) {
    redis.execute("DEL", RedisKeys.PRESENCE_ONLINE, RedisKeys.PRESENCE_HIDDEN);
    redis.execute("SET", RedisKeys.PRESENCE_MARKER, sinceMs);
  }

  /** Nothing is known of anybody. */
  void unknown() {
    redis.execute("DEL", RedisKeys.PRESENCE_MARKER);
  }

  /** A user is there; nobody was told. */
  void silently(Person who) {
    redis.execute("SADD", RedisKeys.PRESENCE_ONLINE, who.id().toString());
  }

  void online(Person who) {
    silently(who);
    redis.execute(
        "PUBLISH",
        RedisKeys.PRESENCE_CHANNEL,
        "{\"user_id\":\"" + who.id() + "\",\"status\":\"online\",\"at_ms\":1}");
  }

  void offline(Person who, long seenAtMs) {
    redis.execute("SREM", RedisKeys.PRESENCE_ONLINE, who.id().toString());
    redis.execute("ZADD", RedisKeys.PRESENCE_SEEN, Long.toString(seenAtMs), who.id().toString());
  }
}

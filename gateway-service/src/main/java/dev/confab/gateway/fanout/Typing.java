package dev.confab.gateway.fanout;

import dev.confab.contracts.RedisKeys;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** Who types where at this replica; ends by itself. Lives on the fan-out's context. */
final class Typing {
  private record Key(Subscriber subscriber, String conversationId) {}

  private final String gateway;
  private final RedisPublisher redis;
  private final long lifeMillis;
  private final Map<Key, Long> until = new HashMap<>();

  Typing(String gateway, RedisPublisher redis, Duration life) {
    this.gateway = gateway;
    this.redis = redis;
    this.lifeMillis = life.toMillis();
  }

  void set(Subscriber subscriber, String conversationId, boolean isTyping) {
    var key = new Key(subscriber, conversationId);
    if (isTyping) {
      until.put(key, System.currentTimeMillis() + lifeMillis);
      tell(key, true);
    } else if (until.remove(key) != null) {
      tell(key, false);
    }
  }

  void left(Subscriber subscriber, String conversationId) {
    set(subscriber, conversationId, false);
  }

  void tick() {
    if (until.isEmpty()) {
      return;
    }
    long now = System.currentTimeMillis();
    for (Iterator<Map.Entry<Key, Long>> all = until.entrySet().iterator(); all.hasNext(); ) {
      var entry = all.next();
      if (entry.getValue() <= now) {
        all.remove();
        tell(entry.getKey(), false);
      }
    }
  }

  private void tell(Key key, boolean isTyping) {
    var typist = key.subscriber();
    var frame =
        V1Frames.typing(
            key.conversationId(),
            typist.userId(),
            isTyping,
            typist.isVisitors() ? "visitor" : null);
    redis.publish(
        RedisKeys.conversationChannel(key.conversationId()),
        Envelope.signal(frame, SignalSender.of(gateway, typist.connectionId())));
  }
}

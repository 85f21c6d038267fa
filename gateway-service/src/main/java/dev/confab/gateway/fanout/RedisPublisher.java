package dev.confab.gateway.fanout;

import dev.confab.contracts.RedisKeys;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Publishes to Redis and keeps the cached texts of running replies, over one connection. */
final class RedisPublisher {
  private final RedisLink link;
  private volatile int epoch;

  RedisPublisher(Vertx vertx, Context context, FanoutConfig config) {
    this.link =
        new RedisLink(vertx, context, config.redis(), "publisher").onState(() -> epoch++, () -> {});
    link.open();
  }

  boolean isUp() {
    return link.isUp();
  }

  /** Grows with every connection: what was written in an earlier one may be gone. */
  int epoch() {
    return epoch;
  }

  /** Sends commands in one write; completes when Redis has answered all of them. */
  Future<List<Response>> send(List<Request> commands) {
    return link.connection().compose(connection -> connection.batch(commands));
  }

  /** Publishes one message; whether it arrived is known to nobody. */
  void publish(String channel, Buffer message) {
    link.connection().compose(connection -> connection.send(publication(channel, message)));
  }

  static Request publication(String channel, Buffer message) {
    return Request.cmd(Command.PUBLISH).arg(channel).arg(message);
  }

  /** Keeps a piece of a running reply, by its offset: writing it again changes nothing. */
  static Request textPiece(String messageId, int offset, String text) {
    return Request.cmd(Command.HSET)
        .arg(RedisKeys.replyText(messageId))
        .arg(Integer.toString(offset))
        .arg(text);
  }

  static Request textLife(String messageId, Duration life) {
    return Request.cmd(Command.PEXPIRE)
        .arg(RedisKeys.replyText(messageId))
        .arg(Long.toString(life.toMillis()));
  }

  /** The pieces of a running reply's text, by offset; empty if they are gone. */
  Future<SortedMap<Integer, String>> text(String messageId) {
    return link.connection()
        .compose(
            connection ->
                connection.send(Request.cmd(Command.HGETALL).arg(RedisKeys.replyText(messageId))))
        .map(RedisPublisher::pieces);
  }

  private static SortedMap<Integer, String> pieces(Response answer) {
    var pieces = new TreeMap<Integer, String>();
    for (var offset : answer.getKeys()) {
      pieces.put(Integer.valueOf(offset), answer.get(offset).toString());
    }
    return pieces;
  }

  void close() {
    link.close();
  }
}

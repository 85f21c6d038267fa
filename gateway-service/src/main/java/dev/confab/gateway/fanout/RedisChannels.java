package dev.confab.gateway.fanout;

import dev.confab.contracts.RedisKeys;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The replica's subscriptions, on one dedicated connection. After a reconnect everything wanted is
 * subscribed again before {@code resubscribed} runs. A ping of its own, published to the replica's
 * own channel, tells a dead connection from a quiet one.
 *
 * <p>Everything here happens on the fan-out's context.
 */
final class RedisChannels {
  private static final int CHANNELS_PER_COMMAND = 500;
  private static final long PING_MILLIS = 1_000;

  private final Vertx vertx;
  private final RedisLink link;
  private final RedisPublisher publisher;
  private final String ownChannel;
  private final long silenceMillis;
  private final BiConsumer<String, Buffer> received;
  private final Runnable resubscribed;
  private final Set<String> wanted = new HashSet<>();
  private final Map<String, Promise<Void>> unconfirmed = new HashMap<>();
  private final long pinging;
  private long pings;
  private long heardAt;

  RedisChannels(
      Vertx vertx,
      Context context,
      FanoutConfig config,
      String gatewayId,
      RedisPublisher publisher,
      BiConsumer<String, Buffer> received,
      Runnable resubscribed) {
    this.publisher = publisher;
    this.ownChannel = RedisKeys.gatewayChannel(gatewayId);
    this.silenceMillis = config.subscriberSilence().toMillis();
    this.received = received;
    this.resubscribed = resubscribed;
    this.link =
        new RedisLink(vertx, context, config.redis(), "subscriber")
            .onPush(this::push)
            .onState(this::resubscribe, this::failUnconfirmed);
    wanted.add(ownChannel);
    wanted.add(RedisKeys.ALL_GATEWAYS_CHANNEL);
    wanted.add(RedisKeys.PRESENCE_CHANNEL);
    link.open();
    this.vertx = vertx;
    this.pinging = vertx.setPeriodic(PING_MILLIS, timer -> context.runOnContext(ignored -> ping()));
  }

  boolean isUp() {
    return link.isUp();
  }

  /** Completes when Redis has confirmed; fails while Redis is away (it is subscribed later). */
  Future<Void> subscribe(String channel) {
    if (!wanted.add(channel) && !unconfirmed.containsKey(channel)) {
      return Future.succeededFuture();
    }
    if (!link.isUp()) {
      return Future.failedFuture("no connection to Redis");
    }
    var there = unconfirmed.get(channel);
    if (there != null) {
      return there.future();
    }
    Promise<Void> confirmation = Promise.promise();
    unconfirmed.put(channel, confirmation);
    send(Command.SUBSCRIBE, List.of(channel));
    return confirmation.future();
  }

  void unsubscribe(String channel) {
    if (wanted.remove(channel)) {
      unconfirmed.remove(channel);
      send(Command.UNSUBSCRIBE, List.of(channel));
    }
  }

  private void resubscribe() {
    heardAt = System.currentTimeMillis();
    var channels = List.copyOf(wanted);
    var confirmations = new ArrayList<Future<Void>>();
    for (var channel : channels) {
      Promise<Void> confirmation = Promise.promise();
      unconfirmed.put(channel, confirmation);
      confirmations.add(confirmation.future());
    }
    for (int start = 0; start < channels.size(); start += CHANNELS_PER_COMMAND) {
      int end = Math.min(start + CHANNELS_PER_COMMAND, channels.size());
      send(Command.SUBSCRIBE, channels.subList(start, end));
    }
    Future.all(confirmations).onSuccess(all -> resubscribed.run());
  }

  private void send(Command command, List<String> channels) {
    var request = Request.cmd(command);
    channels.forEach(request::arg);
    link.connection().compose(connection -> connection.send(request));
  }

  private void failUnconfirmed() {
    var waiting = List.copyOf(unconfirmed.values());
    unconfirmed.clear();
    waiting.forEach(promise -> promise.tryFail("connection to Redis lost"));
  }

  private void push(Response push) {
    heardAt = System.currentTimeMillis();
    var kind = push.get(0).toString();
    var channel = push.get(1).toString();
    switch (kind) {
      case "message" -> received.accept(channel, push.get(2).toBuffer());
      case "subscribe" -> {
        var confirmation = unconfirmed.remove(channel);
        if (confirmation != null) {
          confirmation.tryComplete();
        }
      }
      default -> {
        // An unsubscription needs no follow-up: the channel is no longer wanted.
      }
    }
  }

  private void ping() {
    if (!link.isUp()) {
      return;
    }
    if (System.currentTimeMillis() - heardAt > silenceMillis) {
      link.drop();
      return;
    }
    publisher.publish(ownChannel, Envelope.ping(pings++));
  }

  void close() {
    vertx.cancelTimer(pinging);
    link.close();
  }
}

package dev.confab.gateway.fanout;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Response;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * One dedicated Redis connection that comes back by itself. It lives on one event-loop context: its
 * callbacks run there, and what is sent from there keeps its order.
 */
public final class RedisLink {
  private static final Logger LOG = Logger.getLogger(RedisLink.class);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  /** Commands that may wait for their answer; a relay's batch must fit. */
  private static final int WAITING_LIMIT = 1 << 17;

  private final Vertx vertx;
  private final Context context;
  private final String name;
  private final Redis client;
  private Consumer<Response> pushed = push -> {};
  private Runnable connected = () -> {};
  private Runnable disconnected = () -> {};
  private volatile RedisConnection connection;
  private volatile boolean closed;
  private long pauseMillis = FIRST_PAUSE_MILLIS;

  /** A link that is not open yet; {@code name} is for the log. */
  public RedisLink(Vertx vertx, Context context, String url, String name) {
    this.vertx = vertx;
    this.context = context;
    this.name = name;
    this.client =
        Redis.createClient(
            vertx,
            new RedisOptions().setConnectionString(url).setMaxWaitingHandlers(WAITING_LIMIT));
  }

  /** Sets what to do with pushed messages; before {@link #open}. */
  public RedisLink onPush(Consumer<Response> handler) {
    pushed = handler;
    return this;
  }

  /** Sets what to do whenever the connection stands or is lost; before {@link #open}. */
  public RedisLink onState(Runnable whenConnected, Runnable whenDisconnected) {
    connected = whenConnected;
    disconnected = whenDisconnected;
    return this;
  }

  /** Connects, and again whenever the connection is lost. */
  public void open() {
    context.runOnContext(ignored -> connect());
  }

  private void connect() {
    if (closed) {
      return;
    }
    client
        .connect()
        .onSuccess(
            fresh -> {
              fresh.handler(push -> pushed.accept(push));
              fresh.exceptionHandler(failure -> lost(fresh));
              fresh.endHandler(end -> lost(fresh));
              pauseMillis = FIRST_PAUSE_MILLIS;
              connection = fresh;
              LOG.infof("event=redis_connected link=%s", name);
              connected.run();
            })
        .onFailure(failure -> connectLater());
  }

  private void connectLater() {
    if (!closed) {
      vertx.setTimer(pauseMillis, timer -> context.runOnContext(ignored -> connect()));
      pauseMillis = Math.min(pauseMillis * 2, LONGEST_PAUSE_MILLIS);
    }
  }

  private void lost(RedisConnection which) {
    context.runOnContext(
        ignored -> {
          if (connection == which) {
            connection = null;
            LOG.warnf("event=redis_lost link=%s", name);
            disconnected.run();
            connectLater();
          }
        });
  }

  /** Drops a connection that has gone silent; a fresh one is opened. */
  void drop() {
    var silent = connection;
    if (silent != null) {
      lost(silent);
      silent.close();
    }
  }

  /** Whether the connection stands. */
  public boolean isUp() {
    return connection != null;
  }

  /** The connection, or a failed future while there is none. */
  public Future<RedisConnection> connection() {
    var there = connection;
    return there == null
        ? Future.failedFuture("no connection to Redis")
        : Future.succeededFuture(there);
  }

  /** Ends it for good. */
  public void close() {
    closed = true;
    client.close();
  }
}

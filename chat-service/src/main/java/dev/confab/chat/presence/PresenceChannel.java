package dev.confab.chat.presence;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.ChatConfig;
import dev.confab.chat.schema.Rounds;
import dev.confab.contracts.RedisKeys;
import dev.confab.contracts.presence.PresenceChanged;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Hears at once who came online. Signals may be lost: whoever must not miss one looks for itself
 * now and then. It holds one connection of its own, for a subscription takes a whole one.
 */
@ApplicationScoped
public class PresenceChannel {
  private static final Logger LOG = Logger.getLogger(PresenceChannel.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final int MAX_WAITING = 50_000;

  private final ChatConfig.Presence config;
  private final Vertx vertx;
  private final ObjectMapper json;
  private final Rounds rounds;
  private final List<Consumer<Set<String>>> listeners = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> came = new LinkedBlockingQueue<>(MAX_WAITING);
  private Redis client;
  private volatile boolean stopping;

  PresenceChannel(ChatConfig config, Vertx vertx, ObjectMapper json, Rounds rounds) {
    this.config = config.presence();
    this.vertx = vertx;
    this.json = json;
    this.rounds = rounds;
  }

  /** Tells of users who came online, many at once, on a thread that may block. */
  public void onOnline(Consumer<Set<String>> listener) {
    listeners.add(listener);
  }

  void start(@Observes StartupEvent ignored) {
    client = Redis.createClient(vertx, new RedisOptions().setConnectionString(config.redis()));
    connect();
    rounds.every("presence-changes", config.gatherFor(), this::tell);
  }

  void stop(@Observes ShutdownEvent ignored) {
    stopping = true;
    client.close();
  }

  private void connect() {
    if (!stopping) {
      client.connect().onSuccess(this::listen).onFailure(failure -> connectLater());
    }
  }

  private void connectLater() {
    vertx.setTimer(RETRY.toMillis(), timer -> connect());
  }

  private void listen(RedisConnection connection) {
    connection.handler(this::heard);
    connection.exceptionHandler(failure -> connection.close());
    connection.endHandler(end -> connectLater());
    connection
        .send(Request.cmd(Command.SUBSCRIBE).arg(RedisKeys.PRESENCE_CHANNEL))
        .onFailure(failure -> connection.close());
  }

  private void heard(Response push) {
    if (push.size() < 3 || !"message".equals(push.get(0).toString())) {
      return;
    }
    try {
      var change = json.readValue(push.get(2).toBytes(), PresenceChanged.class);
      if (change.isOnline() && !came.offer(change.userId())) {
        LOG.debug("event=presence_signal_dropped");
      }
    } catch (IOException e) {
      LOG.warnf("event=presence_signal_unreadable why=%s", e.getClass().getSimpleName());
    }
  }

  private void tell() throws InterruptedException {
    Set<String> users = new HashSet<>();
    users.add(came.take());
    came.drainTo(users);
    for (Consumer<Set<String>> listener : listeners) {
      listener.accept(users);
    }
  }
}

package dev.confab.gateway.presence;

import dev.confab.contracts.RedisKeys;
import dev.confab.contracts.presence.PresenceChanged;
import dev.confab.contracts.presence.PresenceLookup;
import dev.confab.gateway.fanout.RedisLink;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * The users of one replica, as Redis shall hold them. Every method may be called from any thread
 * and never blocks; what happens while Redis is away is made good as soon as it is back.
 */
final class Roster {
  private static final Logger LOG = Logger.getLogger(Roster.class);

  private final Vertx vertx;
  private final PresenceConfig config;
  private final String gateway;
  private final Context context;
  private final RedisLink link;
  private final long renewing;
  private final long sweeping;
  // On the context alone: what was written to Redis, in that order.
  private final Set<String> here = new HashSet<>();

  Roster(Vertx vertx, PresenceConfig config, String redis, String gateway) {
    this.vertx = vertx;
    this.config = config;
    this.gateway = gateway;
    context = vertx.getOrCreateContext();
    link = new RedisLink(vertx, context, redis, "presence").onState(this::connected, () -> {});
    link.open();
    renewing = vertx.setPeriodic(config.renewEvery().toMillis(), timer -> run(this::renew));
    sweeping = vertx.setPeriodic(config.sweepEvery().toMillis(), timer -> run(this::sweep));
  }

  /** Ends it as a crash would: whoever is still here stays until the lease is over. */
  void close() {
    vertx.cancelTimer(renewing);
    vertx.cancelTimer(sweeping);
    link.close();
  }

  private void run(Runnable task) {
    context.runOnContext(ignored -> task.run());
  }

  /** A user has their first connection here. */
  void came(String userId) {
    run(
        () -> {
          if (here.add(userId)) {
            write(PresenceScripts.CAME, List.of(userId));
          }
        });
  }

  /** A user's last connection here is gone. */
  void left(String userId) {
    run(
        () -> {
          if (here.remove(userId)) {
            write(PresenceScripts.LEFT, List.of(userId, millis(config.grace())));
          }
        });
  }

  /** How users are now; empty while nothing is known. */
  Future<List<PresenceChanged>> of(Collection<String> userIds) {
    List<String> users = List.copyOf(userIds);
    return send(PresenceLookup.SCRIPT, PresenceLookup.KEYS, users)
        .map(found -> states(users, found));
  }

  private static List<PresenceChanged> states(List<String> users, Response found) {
    List<PresenceChanged> states = new ArrayList<>(users.size());
    for (int i = 0; 2 * i + 1 < found.size(); i++) {
      boolean online = "1".equals(found.get(2 * i).toString());
      String seen = found.get(2 * i + 1).toString();
      states.add(
          new PresenceChanged(
              users.get(i),
              online ? PresenceChanged.ONLINE : PresenceChanged.OFFLINE,
              seen.isEmpty() ? 0 : (long) Double.parseDouble(seen)));
    }
    return states;
  }

  /** Redis may have lost anything meanwhile. */
  private void connected() {
    renew();
    rewrite();
  }

  private void renew() {
    int expected = here.size();
    var arguments =
        List.of(
            gateway,
            millis(config.lease()),
            millis(config.markerLife()),
            millis(config.unknownFor()));
    write(PresenceScripts.RENEW, arguments)
        .onSuccess(
            held -> {
              if (held.toInteger() != expected) {
                LOG.warnf("event=presence_rewritten users=%d found=%s", expected, held);
                run(this::rewrite);
              }
            });
  }

  private void rewrite() {
    List<String> arguments = new ArrayList<>(here.size() + 1);
    arguments.add(millis(config.grace()));
    arguments.addAll(here);
    write(PresenceScripts.REWRITE, arguments);
  }

  private void sweep() {
    write(PresenceScripts.SWEEP, List.of(millis(config.seenKept()), millis(config.lease())))
        .onSuccess(
            lookedAt -> {
              if (lookedAt.toInteger() >= PresenceScripts.SWEPT_AT_ONCE) {
                // The users of a dead replica do not wait for round after round.
                run(this::sweep);
              }
            });
  }

  private Future<Response> write(String script, List<String> arguments) {
    List<String> keys = new ArrayList<>(PresenceScripts.KEYS);
    keys.add(RedisKeys.presenceAt(gateway));
    return send(script, keys, arguments);
  }

  private Future<Response> send(String script, List<String> keys, List<String> arguments) {
    Request request = Request.cmd(Command.EVAL).arg(script).arg(keys.size());
    keys.forEach(request::arg);
    arguments.forEach(request::arg);
    return link.connection()
        .compose(connection -> connection.send(request))
        .onFailure(
            failure ->
                LOG.debugf("event=presence_not_written failure=\"%s\"", failure.getMessage()));
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }
}

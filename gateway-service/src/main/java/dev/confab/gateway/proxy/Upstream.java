package dev.confab.gateway.proxy;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** A service with one or more replicas, taken in turn. */
final class Upstream {
  private static final Logger LOG = Logger.getLogger(Upstream.class);

  private static final class Replica {
    private final String host;
    private final int port;
    private final boolean tls;
    private volatile long awayUntil = System.nanoTime();

    Replica(URI url) {
      tls = "https".equals(url.getScheme());
      host = url.getHost();
      port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
    }

    boolean isAway(long now) {
      return awayUntil - now > 0;
    }
  }

  private final String name;
  private final List<Replica> replicas;
  private final ProxyConfig config;
  private final AtomicInteger turn = new AtomicInteger();

  Upstream(String name, List<URI> urls, ProxyConfig config) {
    this.name = name;
    this.replicas = urls.stream().map(Replica::new).toList();
    this.config = config;
  }

  String name() {
    return name;
  }

  /**
   * Opens a request to the replica whose turn it is, or to the next one that can be connected to.
   * Nothing was sent to one that failed here, so every method may go on to the next.
   */
  Future<HttpClientRequest> open(HttpClient client) {
    return open(client, inTurn(System.nanoTime()), 0);
  }

  private Future<HttpClientRequest> open(HttpClient client, List<Replica> candidates, int index) {
    Replica replica = candidates.get(index);
    RequestOptions options =
        new RequestOptions()
            .setHost(replica.host)
            .setPort(replica.port)
            .setSsl(replica.tls)
            .setConnectTimeout(config.connectTimeout().toMillis())
            .setIdleTimeout(config.idleTimeout().toMillis());
    return client
        .request(options)
        .onSuccess(request -> request.exceptionHandler(failure -> LOG.debug("request", failure)))
        .recover(
            failure -> {
              leaveOut(replica, failure);
              return index + 1 < candidates.size()
                  ? open(client, candidates, index + 1)
                  : Future.failedFuture(failure);
            });
  }

  private void leaveOut(Replica replica, Throwable failure) {
    long now = System.nanoTime();
    if (!replica.isAway(now)) {
      LOG.warnf(
          "event=upstream_away service=%s host=%s port=%d reason=\"%s\"",
          name, replica.host, replica.port, failure.getMessage());
    }
    replica.awayUntil = now + config.cooldown().toNanos();
  }

  private List<Replica> inTurn(long now) {
    int first = Math.floorMod(turn.getAndIncrement(), replicas.size());
    List<Replica> order = new ArrayList<>(replicas.size());
    List<Replica> away = new ArrayList<>(0);
    for (int i = 0; i < replicas.size(); i++) {
      Replica replica = replicas.get((first + i) % replicas.size());
      (replica.isAway(now) ? away : order).add(replica);
    }
    order.addAll(away);
    return order;
  }
}

package dev.confab.ai.provider;

import dev.confab.ai.AiConfig;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** HTTP connections to providers, in lanes: a lane is an event loop with its own pool. */
@ApplicationScoped
public class Transport {
  private static final int LANES = 2;
  private static final int KEEP_ALIVE_SECONDS = 30;

  /** What a call never leaves: no hop between threads from the socket to the listener. */
  record Lane(Context context, HttpClient client) {}

  private final List<Lane> lanes;
  private final AtomicInteger turn = new AtomicInteger();

  Transport(Vertx vertx, AiConfig config) {
    this.lanes = IntStream.range(0, LANES).mapToObj(i -> lane(vertx, config.upstream())).toList();
  }

  private static Lane lane(Vertx vertx, AiConfig.Upstream config) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()))
            .setKeepAlive(true)
            .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setTracingPolicy(TracingPolicy.IGNORE);
    PoolOptions pool = new PoolOptions().setHttp1MaxSize(config.maxConnections());
    return new Lane(
        ((VertxInternal) vertx).createEventLoopContext(), vertx.createHttpClient(options, pool));
  }

  Lane next() {
    return lanes.get(Math.floorMod(turn.getAndIncrement(), lanes.size()));
  }

  @PreDestroy
  void close() {
    lanes.forEach(lane -> lane.client().close());
  }
}

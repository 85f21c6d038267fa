package dev.confab.ai.runner;

import dev.confab.ai.AiConfig;
import dev.confab.contracts.RedisKeys;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisAPI;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** This replica's life as a runner, new at each start. */
@ApplicationScoped
public class Runner {
  private static final Logger LOG = Logger.getLogger(Runner.class);

  private final String id = UUID.randomUUID().toString();
  private final RedisAPI redis;
  private final Vertx vertx;
  private final AiConfig.Runner config;
  private volatile boolean redisAnswers;
  private volatile boolean stopped;
  private long timer = -1;

  Runner(RedisAPI redis, Vertx vertx, AiConfig config) {
    this.redis = redis;
    this.vertx = vertx;
    this.config = config.runner();
  }

  void start(@Observes StartupEvent ignored) {
    LOG.infof("event=runner_started runner=%s", id);
    renew();
    timer = vertx.setPeriodic(config.renewInterval().toMillis(), tick -> renew());
  }

  public String id() {
    return id;
  }

  /** Whether Redis took the last sign of life. */
  public boolean redisAnswers() {
    return redisAnswers;
  }

  private void renew() {
    if (stopped) {
      return;
    }
    set(RedisKeys.runner(id), "1", config.expiry().toMillis())
        .onComplete(result -> note(result.succeeded()));
  }

  private void note(boolean answers) {
    if (answers != redisAnswers) {
      LOG.infof("event=redis answers=%s", answers);
    }
    redisAnswers = answers;
  }

  private Future<Response> set(String key, String value, long expiryMs, String... more) {
    List<String> arguments =
        new java.util.ArrayList<>(List.of(key, value, "PX", Long.toString(expiryMs)));
    arguments.addAll(List.of(more));
    return redis.set(arguments);
  }

  /**
   * Claims an attempt at a reply, or finds out whether its claimant still lives.
   *
   * @return completes with false if another runner that lives holds it; with true if it is ours
   *     now, or Redis does not answer in time
   */
  public CompletableFuture<Boolean> claim(String messageId, int attempt) {
    String key = RedisKeys.attemptClaim(messageId, attempt);
    return set(key, id, config.claimExpiry().toMillis(), "NX")
        .compose(won -> won != null ? Future.succeededFuture(true) : contest(key))
        .toCompletionStage()
        .toCompletableFuture()
        .completeOnTimeout(true, config.claimTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(away -> true);
  }

  private Future<Boolean> contest(String key) {
    return redis
        .get(key)
        .compose(
            holder ->
                holder == null || holder.toString().equals(id)
                    ? Future.succeededFuture(true)
                    : takeFromDead(key, holder.toString()));
  }

  private Future<Boolean> takeFromDead(String key, String holder) {
    return redis
        .exists(List.of(RedisKeys.runner(holder)))
        .compose(
            lives ->
                lives.toInteger() > 0
                    ? Future.succeededFuture(false)
                    : set(key, id, config.claimExpiry().toMillis()).map(true));
  }

  /** Says that nothing runs here any more, so that others take over at once. */
  public void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
    try {
      redis
          .del(List.of(RedisKeys.runner(id)))
          .toCompletionStage()
          .toCompletableFuture()
          .get(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.info("event=runner_key_left it expires by itself");
    }
  }
}

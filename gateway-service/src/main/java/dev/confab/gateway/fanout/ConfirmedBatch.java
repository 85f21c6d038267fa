package dev.confab.gateway.fanout;

import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Redis commands of one batch of records, repeated until Redis has confirmed them all. What is
 * published twice is dropped by the sequencers.
 */
final class ConfirmedBatch {
  private static final Logger LOG = Logger.getLogger(ConfirmedBatch.class);
  private static final long ANSWER_SECONDS = 5;
  private static final long PAUSE_MILLIS = 100;

  private final RedisPublisher redis;
  private final List<Request> commands = new ArrayList<>();

  ConfirmedBatch(RedisPublisher redis) {
    this.redis = redis;
  }

  void add(Request command) {
    commands.add(command);
  }

  /** Blocks the calling relay thread: while Redis is away the relay waits. */
  void confirm() throws InterruptedException {
    while (!commands.isEmpty() && !sent()) {
      Thread.sleep(PAUSE_MILLIS);
    }
    commands.clear();
  }

  private boolean sent() throws InterruptedException {
    try {
      redis
          .send(commands)
          .toCompletionStage()
          .toCompletableFuture()
          .get(ANSWER_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException | TimeoutException failure) {
      LOG.debugf("event=publish_repeated commands=%d", commands.size());
      return false;
    }
  }
}

package dev.confab.loadtests.scenario;

import dev.confab.loadtests.client.Api;
import dev.confab.loadtests.client.Sockets;
import dev.confab.loadtests.suite.RunningSuite;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * What scenarios act on.
 *
 * @param folder where results are kept, and what takes long to make
 */
public record World(RunningSuite suite, Api api, Sockets sockets, Path folder) {
  private static final long LOOK_MS = 5;

  /** Waits for something asynchronous of the preparation. */
  static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the suite refused", e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("the suite did not answer within 60 s", e);
    }
  }

  /**
   * Waits until something holds.
   *
   * @return whether it did within the time
   */
  static boolean await(double seconds, BooleanSupplier holds) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      pause(LOOK_MS);
    }
    return true;
  }

  static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

package dev.confab.ai.provider;

import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.Guard;
import jakarta.enterprise.util.TypeLiteral;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keeps calls away from an endpoint that failed: after some failures in a row nobody passes for the
 * cooldown, then one call that tries. The circuit breaker is SmallRye's; what it guards is the time
 * until a call shows its first sign, for a stream that flows says that the endpoint lives.
 */
final class Breaker {
  private static final TypeLiteral<CompletionStage<Void>> STAGE = new TypeLiteral<>() {};

  /** A failure without a stack: it happens often and only counts. */
  private static final class CallFailed extends Exception {
    private CallFailed() {
      super("call failed", null, false, false);
    }
  }

  /** The right to make one call; whoever has it tells what became of it, once or more. */
  final class Pass {
    private final CompletableFuture<Void> outcome;
    private final boolean forced;

    private Pass(CompletableFuture<Void> outcome, boolean forced) {
      this.outcome = outcome;
      this.forced = forced;
    }

    /** The endpoint answers, or the call was not wanted any more. */
    void succeeded() {
      doubtful = false;
      trying = false;
      if (outcome.complete(null) && forced) {
        close();
      }
    }

    /** The call failed, now or after it had begun to answer. */
    void failed() {
      doubtful = true;
      trying = false;
      if (!outcome.completeExceptionally(new CallFailed())) {
        count(1);
      }
    }

    /** The call failed in a way that would cost the next one as dearly. */
    void failedGravely() {
      failed();
      count(failuresInARow - 1);
    }
  }

  private final int failuresInARow;
  private final Duration cooldown;
  private volatile Object generation;
  private volatile Guard guard;
  private volatile CircuitBreakerState state = CircuitBreakerState.CLOSED;
  // What is known here of the guard's state is advice for choosing: events may come out of order.
  private volatile boolean trying;
  private volatile long openedAt;
  private volatile boolean doubtful;

  /**
   * @param failuresInARow so many, at least 1, keep calls away
   */
  Breaker(int failuresInARow, Duration cooldown) {
    this.failuresInARow = failuresInARow;
    this.cooldown = cooldown;
    this.guard = fresh();
  }

  private Guard fresh() {
    Object mine = new Object();
    generation = mine;
    return Guard.create()
        .withCircuitBreaker()
        .requestVolumeThreshold(failuresInARow)
        .failureRatio(1.0)
        .successThreshold(1)
        .delay(cooldown.toMillis(), ChronoUnit.MILLIS)
        .onStateChange(now -> note(mine, now))
        .done()
        .build();
  }

  private synchronized void note(Object of, CircuitBreakerState now) {
    if (of != generation) {
      // The timer of a breaker that was replaced.
      return;
    }
    openedAt = System.nanoTime();
    trying = false;
    state = now;
  }

  private synchronized void close() {
    guard = fresh();
    state = CircuitBreakerState.CLOSED;
    trying = false;
  }

  private void count(int failures) {
    for (int i = 0; i < failures; i++) {
      guard.get(() -> CompletableFuture.failedFuture(new CallFailed()), STAGE);
    }
  }

  /** Lets a call pass, or not. */
  Optional<Pass> tryPass() {
    CompletableFuture<Void> outcome = new CompletableFuture<>();
    boolean[] passed = new boolean[1];
    guard.get(
        () -> {
          passed[0] = true;
          trying = state == CircuitBreakerState.HALF_OPEN;
          return outcome;
        },
        STAGE);
    return passed[0] ? Optional.of(new Pass(outcome, false)) : Optional.empty();
  }

  /** Lets a call pass for which there is no other way; its success lets all pass again. */
  Pass forcePass() {
    return new Pass(new CompletableFuture<>(), true);
  }

  /** Whether the last that was heard of the endpoint is a failure. */
  boolean isDoubtful() {
    return doubtful;
  }

  /** Whether a call would pass now. */
  boolean isPassable() {
    return switch (state) {
      case CLOSED -> true;
      // A short cooldown may be over before its beginning is heard of.
      case OPEN -> System.nanoTime() - openedAt >= cooldown.toNanos();
      case HALF_OPEN -> !trying;
    };
  }
}

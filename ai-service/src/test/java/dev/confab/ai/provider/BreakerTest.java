package dev.confab.ai.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BreakerTest {
  private static final Duration COOLDOWN = Duration.ofMillis(300);

  private final Breaker breaker = new Breaker(2, COOLDOWN);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      breaker.tryPass().orElseThrow().failed();
    }
  }

  private void awaitCooldown() {
    await().pollInterval(Duration.ofMillis(10)).until(breaker::isPassable);
  }

  @Test
  void failuresInARowKeepCallsAway() {
    fail(1);
    assertThat(breaker.isPassable()).isTrue();
    fail(1);

    assertThat(breaker.isPassable()).isFalse();
    assertThat(breaker.tryPass()).isEmpty();
  }

  @Test
  void failuresWithSuccessesBetweenThemDoNot() {
    fail(1);
    breaker.tryPass().orElseThrow().succeeded();
    fail(1);

    assertThat(breaker.isPassable()).isTrue();
  }

  @Test
  void oneGraveFailureDoes() {
    breaker.tryPass().orElseThrow().failedGravely();

    assertThat(breaker.isPassable()).isFalse();
  }

  @Test
  void failuresAmidAStreamCountToo() {
    Breaker.Pass first = breaker.tryPass().orElseThrow();
    Breaker.Pass second = breaker.tryPass().orElseThrow();
    first.succeeded();
    second.succeeded();
    first.failed();
    second.failed();

    assertThat(breaker.isPassable()).isFalse();
  }

  @Test
  void afterTheCooldownOneCallTries() {
    fail(2);
    awaitCooldown();

    Breaker.Pass trial = breaker.tryPass().orElseThrow();
    assertThat(breaker.tryPass()).isEmpty();
    assertThat(breaker.isPassable()).isFalse();

    trial.succeeded();
    assertThat(breaker.tryPass()).isPresent();
  }

  @Test
  void aTrialThatFailsKeepsCallsAwayAgain() {
    fail(2);
    awaitCooldown();

    breaker.tryPass().orElseThrow().failed();

    assertThat(breaker.tryPass()).isEmpty();
  }

  @Test
  void aForcedCallThatSucceedsLetsAllPass() {
    fail(2);

    breaker.forcePass().succeeded();

    assertThat(breaker.tryPass()).isPresent();
  }

  @Test
  void theEndOfACooldownThatWasCutShortChangesNothing() {
    fail(2);
    breaker.forcePass().succeeded();
    long over = System.nanoTime() + COOLDOWN.multipliedBy(2).toNanos();
    await().until(() -> System.nanoTime() > over);

    breaker.tryPass().orElseThrow().succeeded();

    assertThat(breaker.isPassable()).isTrue();
    assertThat(breaker.tryPass()).isPresent();
  }
}

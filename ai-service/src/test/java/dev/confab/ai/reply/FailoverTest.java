package dev.confab.ai.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.ai.provider.LlmFailure;
import dev.confab.ai.provider.Target;
import dev.confab.ai.provider.TestProviders;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailoverTest {
  private static final LlmFailure QUICK = new LlmFailure.Unreachable();
  private static final LlmFailure SLOW = new LlmFailure.TimedOut("first_token");

  private final Target a = new Target(TestProviders.named("a", "model"), "model");
  private final Target b = new Target(TestProviders.named("b", "model"), "model");
  private final Failover both = new Failover(List.of(a, b));
  private final Failover alone = new Failover(List.of(a));

  @Test
  void aQuickFailureIsTriedOnceMoreThenTheNextIsAsked() {
    assertThat(both.after(QUICK, false)).contains(new Failover.Next(a, false));
    assertThat(both.after(QUICK, false)).contains(new Failover.Next(b, false));
    assertThat(both.after(QUICK, false)).contains(new Failover.Next(b, false));
    assertThat(both.after(QUICK, false)).isEmpty();
  }

  @Test
  void aTimeOutIsNotWaitedForTwice() {
    assertThat(both.after(SLOW, false)).contains(new Failover.Next(b, false));
    assertThat(both.after(SLOW, false)).isEmpty();
  }

  @Test
  void whereThereIsNoOtherEvenATimeOutIsTriedOnceMore() {
    assertThat(alone.after(SLOW, false)).contains(new Failover.Next(a, false));
    assertThat(alone.after(SLOW, false)).isEmpty();
  }

  @Test
  void amidTheTextTheNextGoesOnAtOnce() {
    assertThat(both.after(new LlmFailure.Cut(), true)).contains(new Failover.Next(b, false));
    assertThat(both.after(new LlmFailure.Cut(), true)).contains(new Failover.Next(b, true));
    assertThat(both.after(new LlmFailure.Cut(), true)).isEmpty();
  }

  @Test
  void aRefusedKeyIsNotTriedAgain() {
    assertThat(both.after(new LlmFailure.Status(401), false)).contains(new Failover.Next(b, false));
  }

  @Test
  void anUnknownModelGivesWayToTheProvidersOwn() {
    Target unknown = new Target(a.provider(), "gone");
    Failover failover = new Failover(List.of(unknown));

    assertThat(failover.after(new LlmFailure.Status(404), false))
        .contains(new Failover.Next(a, false));
    assertThat(failover.after(new LlmFailure.Status(404), false)).isEmpty();
  }

  @Test
  void afterASuccessTheProviderHasItsChancesAnew() {
    both.after(QUICK, false);
    both.succeeded();

    assertThat(both.after(QUICK, false)).contains(new Failover.Next(a, false));
  }
}

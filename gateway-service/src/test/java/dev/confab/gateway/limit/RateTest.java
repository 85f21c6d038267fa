package dev.confab.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateTest {
  private static final long START = Long.MAX_VALUE - 1_000;
  private final Rate rate = Rate.of(20, Duration.ofSeconds(10));
  private final Rate.Meter meter = new Rate.Meter(START);

  private static long after(double seconds) {
    return START + (long) (seconds * 1e9);
  }

  @Test
  void aRestedMeterAllowsAllAtOnceAndNoMore() {
    for (int i = 0; i < 20; i++) {
      assertThat(meter.take(rate, START)).isZero();
    }
    assertThat(meter.take(rate, START)).isEqualTo(Duration.ofMillis(500).toNanos());
    assertThat(meter.take(rate, after(0.4))).isEqualTo(Duration.ofMillis(100).toNanos());
  }

  @Test
  void refusedEventsDoNotCount() {
    for (int i = 0; i < 500; i++) {
      meter.take(rate, START);
    }
    assertThat(meter.take(rate, after(0.5))).isZero();
    assertThat(meter.take(rate, after(0.5))).isPositive();
  }

  @Test
  void itRestsInItsPeriod() {
    for (int i = 0; i < 20; i++) {
      meter.take(rate, START);
    }
    assertThat(meter.isRested(after(9.9))).isFalse();
    assertThat(meter.isRested(after(10))).isTrue();
    for (int i = 0; i < 20; i++) {
      assertThat(meter.take(rate, after(11))).isZero();
    }
  }
}

package dev.confab.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MetersTest {
  private final long now = System.nanoTime();

  @Test
  void eachHasTheirOwn() {
    Meters meters = new Meters(2, Duration.ofSeconds(10), 100);

    assertThat(meters.take("a", now)).isZero();
    assertThat(meters.take("a", now)).isZero();
    assertThat(meters.take("a", now)).isEqualTo(Duration.ofSeconds(5).toNanos());
    assertThat(meters.take("b", now)).isZero();
  }

  @Test
  void nobodyIsUnlimited() {
    Meters meters = new Meters(1, Duration.ofSeconds(10), 100);

    assertThat(meters.take(null, now)).isZero();
    assertThat(meters.take(null, now)).isZero();
  }
}

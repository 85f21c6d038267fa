package dev.confab.gateway.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignalSenderTest {
  @Test
  void theSameNameElsewhereIsSomebodyElse() {
    String sender = SignalSender.of("g1", "a");

    assertThat(SignalSender.here("g1", sender)).isEqualTo("a");
    assertThat(SignalSender.here("g2", sender)).isNull();
    assertThat(SignalSender.here("g", sender)).isNull();
    assertThat(SignalSender.here("g1", null)).isNull();
  }
}

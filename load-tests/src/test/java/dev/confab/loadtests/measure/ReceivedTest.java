package dev.confab.loadtests.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.loadtests.measure.Received.Kind;
import org.junit.jupiter.api.Test;

class ReceivedTest {
  @Test
  void tellsRepeatsFromLateOnes() {
    Received received = new Received();

    assertThat(received.note(1)).isEqualTo(Kind.IN_ORDER);
    assertThat(received.note(3)).isEqualTo(Kind.IN_ORDER);
    assertThat(received.note(2)).isEqualTo(Kind.OUT_OF_ORDER);
    assertThat(received.note(2)).isEqualTo(Kind.REPEATED);
    assertThat(received.note(4)).isEqualTo(Kind.IN_ORDER);
    assertThat(received.count()).isEqualTo(4);
    assertThat(received.last()).isEqualTo(4);
  }
}

package dev.confab.loadtests.suite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LiveHeapTest {
  @Test
  void readsTheSum() {
    String histogram =
        """
         num     #instances         #bytes  class name (module)
           1:          4096         123456  [B (java.base@25)
        Total         81921        5242880
        """;

    assertThat(LiveHeap.total(histogram)).hasValue(5_242_880);
    assertThat(LiveHeap.total("no such process")).isEmpty();
  }
}

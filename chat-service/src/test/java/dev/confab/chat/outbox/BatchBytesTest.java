package dev.confab.chat.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchBytesTest {
  @Test
  void recordsComeBackAsTheyWere() {
    byte[] value = "{\"text\":\"\u00e4\"}".getBytes(StandardCharsets.UTF_8);
    var records =
        List.of(new OutboxRecord("t1", "k1", value), new OutboxRecord("t2", "k2", new byte[0]));

    var back = BatchBytes.read(BatchBytes.write(records));

    assertThat(back).extracting(OutboxRecord::topic).containsExactly("t1", "t2");
    assertThat(back).extracting(OutboxRecord::key).containsExactly("k1", "k2");
    assertThat(back.get(0).value()).isEqualTo(value);
    assertThat(back.get(1).value()).isEmpty();
  }
}

package dev.confab.ai.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private static final String STREAM =
      ": comment\r\n\r\ndata: {\"a\":\"é🌍\"}\n\nevent: error\r\ndata:x\r\ndata: y\r\n\r\n"
          + "id: 3\ndata: [DONE]\n\n";

  @Test
  void readsTheSameEventsHoweverTheBytesAreCut() {
    byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
    for (int size = 1; size <= bytes.length; size++) {
      List<String> events = new ArrayList<>();
      EventStream stream = new EventStream((name, data) -> events.add(name + "|" + data));
      for (int at = 0; at < bytes.length; at += size) {
        stream.accept(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
      }
      assertThat(events).containsExactly("null|{\"a\":\"é🌍\"}", "error|x\ny", "null|[DONE]");
    }
  }

  @Test
  void countsALastEventWithoutItsBlankLine() {
    List<String> events = new ArrayList<>();
    EventStream stream = new EventStream((name, data) -> events.add(data));

    stream.accept("data: last".getBytes(StandardCharsets.UTF_8));
    stream.finish();

    assertThat(events).containsExactly("last");
  }

  @Test
  void refusesAnEndlessLine() {
    EventStream stream = new EventStream((name, data) -> {});
    byte[] chunk = new byte[EventStream.MAX_LINE / 2 + 1];
    Arrays.fill(chunk, (byte) 'x');
    stream.accept(chunk);

    assertThatThrownBy(() -> stream.accept(chunk)).isInstanceOf(IllegalStateException.class);
  }
}

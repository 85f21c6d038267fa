package dev.confab.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.gateway.fanout.Frame;
import dev.confab.gateway.fanout.V1Frames;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OutboundQueueTest {
  private final OutboundQueue queue = new OutboundQueue(V1Frames::merged);

  private static Frame.Text text(String message, int offset, String text) {
    return V1Frames.streamContent("c", message, offset, text);
  }

  private static Frame.Whole whole(String json) {
    return new Frame.Whole(Buffer.buffer(json));
  }

  private List<Frame> drain() {
    List<Frame> frames = new ArrayList<>();
    for (Frame next = queue.poll(); next != null; next = queue.poll()) {
      frames.add(next);
    }
    return frames;
  }

  @Test
  void consecutiveTextsOfAMessageMerge() {
    queue.add(text("m", 0, "Hel"));
    queue.add(text("m", 3, "lo "));
    queue.add(text("m", 6, "😀"));

    List<Frame> frames = drain();

    assertThat(frames).hasSize(1);
    Frame.Text merged = (Frame.Text) frames.getFirst();
    assertThat(merged.text()).isEqualTo("Hello 😀");
    assertThat(merged.offset()).isZero();
    assertThat(merged.json()).isEqualTo(text("m", 0, "Hello 😀").json());
  }

  @Test
  void textsOfTwoRepliesMergeSideBySide() {
    queue.add(text("a", 0, "1"));
    queue.add(text("b", 0, "x"));
    queue.add(text("a", 1, "2"));
    queue.add(text("b", 1, "y"));

    assertThat(drain()).extracting(f -> ((Frame.Text) f).text()).containsExactly("12", "xy");
  }

  @Test
  void nothingMergesAcrossAWholeFrame() {
    queue.add(text("m", 0, "a"));
    queue.add(whole("{}"));
    queue.add(text("m", 1, "b"));

    assertThat(drain()).hasSize(3);
  }

  @Test
  void signalsAreDropped() {
    queue.add(new Frame.Signal(Buffer.buffer("{}")));

    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.bytes()).isZero();
  }

  @Property(tries = 300)
  void readersGetTheSameTexts(@ForAll @Size(max = 60) List<@IntRange(max = 4) Integer> steps) {
    OutboundQueue own = new OutboundQueue(V1Frames::merged);
    Map<String, StringBuilder> sent = new HashMap<>();
    Map<String, StringBuilder> received = new HashMap<>();
    int wholes = 0;
    for (int i = 0; i < steps.size(); i++) {
      int step = steps.get(i);
      if (step == 4) {
        own.add(whole("{\"n\":" + wholes++ + "}"));
      } else if (step == 3) {
        take(own.poll(), received);
      } else {
        StringBuilder text = sent.computeIfAbsent("m" + step, m -> new StringBuilder());
        own.add(text("m" + step, text.length(), "t" + i + " "));
        text.append('t').append(i).append(' ');
      }
    }
    for (Frame next = own.poll(); next != null; next = own.poll()) {
      take(next, received);
    }
    assertThat(own.bytes()).isZero();
    sent.forEach((m, text) -> assertThat(received.get(m)).hasToString(text.toString()));
  }

  private static void take(Frame frame, Map<String, StringBuilder> received) {
    if (frame instanceof Frame.Text text) {
      StringBuilder so = received.computeIfAbsent(text.messageId(), m -> new StringBuilder());
      assertThat(text.offset()).isEqualTo(so.length());
      so.append(text.text());
    }
  }
}

package dev.confab.loadtests.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameScanTest {
  private static ByteBuf frame(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsAMessage() {
    ByteBuf frame =
        frame(
            "{\"type\":\"message_received\",\"data\":{\"message\":{\"message_type\":\"user\","
                + "\"seq\":42,\"changed_seq\":43,\"content\":\"~s123456~xxx\"}}}");

    assertThat(FrameScan.isType(frame, FrameScan.type("message_received"))).isTrue();
    assertThat(FrameScan.isType(frame, FrameScan.type("message"))).isFalse();
    assertThat(FrameScan.seq(frame)).isEqualTo(42);
    assertThat(FrameScan.sent(frame)).isEqualTo(123456);
  }

  @Test
  void readsEveryStamp() {
    List<Long> stamps = new ArrayList<>();

    FrameScan.stamps(frame("{\"content\":\"~t11~ a~ ~t22~b ~tx ~t33\"}"), stamps::add);

    assertThat(stamps).containsExactly(11L, 22L, 33L);
  }

  @Test
  void saysWhenThereIsNothing() {
    assertThat(FrameScan.seq(frame("{}"))).isEqualTo(-1);
    assertThat(FrameScan.lastSeq(frame("{\"last_seq\":7}"))).isEqualTo(7);
    assertThat(FrameScan.seq(frame("{\"last_seq\":7}"))).isEqualTo(-1);
  }
}

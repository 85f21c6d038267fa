package dev.confab.gateway.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.contracts.ai.ReplyRecord.ReplyToolCalled;
import dev.confab.contracts.ai.ReplyRecord.ReplyToolResult;
import dev.confab.contracts.chat.Origin;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
  private static final Frame.Whole FRAME = new Frame.Whole(Buffer.buffer("{\"type\":\"x\"}\n"));

  @Test
  void changeComesBackWithItsCommandAndTheSameBytes() {
    var change = Change.message(42, "m1", FRAME);

    var opened = Envelope.open(Envelope.change(change, "cmd", new Origin("gw", "conn")));

    assertThat(opened.type()).isEqualTo('c');
    assertThat(opened.field(5)).isEqualTo("gw");
    assertThat(opened.field(6)).isEqualTo("conn");
    assertThat(opened.field(7)).isEqualTo("cmd");
    var back = Envelope.change(opened);
    assertThat(back.seq()).isEqualTo(42);
    assertThat(back.messageId()).isEqualTo("m1");
    assertThat(back.frame().json()).isEqualTo(FRAME.json());
  }

  @Test
  void whoIsRemovedFromABigRoomIsNamed() {
    var change = Change.conversation(7, () -> null, List.of("u1", "u2"), FRAME);

    var back = Envelope.change(Envelope.open(Envelope.change(change, null, null)));

    assertThat(back.removed()).containsExactly("u1", "u2");
    var none = Envelope.open(Envelope.change(Change.message(1, "m", FRAME), "cmd", null));
    assertThat(Envelope.change(none).removed()).isEmpty();
  }

  @Test
  void absentFieldsAreNull() {
    var opened = Envelope.open(Envelope.change(Change.message(1, "m", FRAME), null, null));

    assertThat(opened.field(5)).isNull();
    assertThat(opened.field(7)).isNull();
  }

  @Test
  void usesOfOneToolAreToldApart() {
    var called = new ReplyToolCalled("c", "m", 1, "r", "t1", "clock", "{}");
    var result = new ReplyToolResult("c", "m", 1, "r", "t1", true, "noon");

    var first = Envelope.open(Envelope.toolUse(called));
    var second = Envelope.open(Envelope.toolUse(result));

    assertThat(first.type()).isEqualTo('l');
    assertThat(first.field(1)).isEqualTo("m");
    assertThat(first.field(2)).isNotEqualTo(second.field(2));
    assertThat(first.body().toString())
        .isEqualTo(
            "{\"type\":\"tool_call\",\"data\":{\"message_id\":\"m\",\"conversation_id\":\"c\","
                + "\"call_id\":\"t1\",\"name\":\"clock\",\"arguments\":\"{}\"}}");
    assertThat(second.body().toString())
        .isEqualTo(
            "{\"type\":\"tool_result\",\"data\":{\"message_id\":\"m\",\"conversation_id\":\"c\","
                + "\"call_id\":\"t1\",\"ok\":true,\"content\":\"noon\"}}");
  }

  @Test
  void textKeepsEveryCharacter() {
    var opened = Envelope.open(Envelope.text("m", 7, "tab\tline\nface 🙂"));

    assertThat(opened.field(1)).isEqualTo("m");
    assertThat(opened.field(2)).isEqualTo("7");
    assertThat(opened.body().toString()).isEqualTo("tab\tline\nface 🙂");
  }
}

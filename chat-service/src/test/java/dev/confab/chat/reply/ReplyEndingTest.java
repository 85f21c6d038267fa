package dev.confab.chat.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.message.MessageStatus;
import dev.confab.chat.message.ReplyText;
import dev.confab.chat.reply.FenceRequest.Purpose;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.ai.ReplyRecord.ReplyCompleted;
import dev.confab.contracts.chat.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyEndingTest {
  private static ReplyText completed(String text, String reason, boolean whole, ErrorCode error) {
    var completion =
        new ReplyCompleted(
            "c", "m", 1, "r", text.length(), new Usage(1, 2, 3), "model", reason, error);
    return ReplyEnding.of(new FoldResult.Completed("c", "m", text, completion, whole));
  }

  private static ReplyText fenced(String text, Purpose... purposes) {
    var requests =
        List.of(purposes).stream().map(p -> new FenceRequest(p, null, null, null)).toList();
    return ReplyEnding.of(new FoldResult.Fenced("c", "m", text), requests);
  }

  @Test
  void aWholeReplyIsComplete() {
    ReplyText text = completed("yes", "length", true, null);
    assertThat(text)
        .isEqualTo(
            new ReplyText(
                "yes", MessageStatus.COMPLETE, "length", false, "model", new Usage(1, 2, 3)));
  }

  @Test
  void whatWasSaidStaysWhenTheRestFailsOrIsLost() {
    assertThat(completed("half", "failed", true, ErrorCode.AI_UNAVAILABLE).status())
        .isEqualTo(MessageStatus.INTERRUPTED);
    assertThat(completed("half", "stop", false, null).finishReason()).isEqualTo("interrupted");
    assertThat(fenced("half", Purpose.TIME_OUT).status()).isEqualTo(MessageStatus.INTERRUPTED);
  }

  @Test
  void withNothingSaidItIsAnHonestFallback() {
    for (ReplyText text :
        List.of(
            completed("", "failed", true, ErrorCode.RATE_LIMITED),
            completed("", "stop", true, null),
            fenced("", Purpose.TIME_OUT))) {
      assertThat(text.fallback()).isTrue();
      assertThat(text.status()).isEqualTo(MessageStatus.FAILED);
      assertThat(text.finishReason()).isEqualTo("failed");
      assertThat(text.content()).startsWith("The assistant could not answer");
    }
  }

  @Test
  void aStopIsNoFailureEvenWithNothingSaid() {
    assertThat(fenced("", Purpose.STOP).status()).isEqualTo(MessageStatus.STOPPED);
    assertThat(fenced("so far", Purpose.TIME_OUT, Purpose.STOP))
        .isEqualTo(new ReplyText("so far", MessageStatus.STOPPED, "stopped", false, null, null));
  }
}

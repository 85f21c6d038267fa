package dev.confab.gateway.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

/** What a running reply shows beside its text. */
class LiveFramesTest {
  private static final Frame.Whole CALL = new Frame.Whole(Buffer.buffer("call"));
  private static final Frame.Whole RESULT = new Frame.Whole(Buffer.buffer("result"));

  private final ReplyTexts texts = new ReplyTexts();

  @Test
  void whatComesBeforeTheAnnouncementWaitsForIt() {
    assertThat(texts.takeLive("m", "1", CALL)).isFalse();
    assertThat(texts.takeLive("m", "1=", RESULT)).isFalse();

    assertThat(texts.open("m")).containsExactly(CALL, RESULT);
    assertThat(texts.takeLive("m", "2", CALL)).isTrue();
  }

  @Test
  void eachIsToldOnceHoweverOftenItIsRelayed() {
    texts.takeLive("m", "1", CALL);
    texts.takeLive("m", "1", CALL);

    assertThat(texts.open("m")).containsExactly(CALL);
    assertThat(texts.takeLive("m", "1", CALL)).isFalse();
    assertThat(texts.takeLive("m", "1=", RESULT)).isTrue();
    assertThat(texts.takeLive("m", "1=", RESULT)).isFalse();
  }

  @Test
  void nothingOfAnEndedReplyIsShown() {
    texts.open("m");
    texts.end("m");

    assertThat(texts.takeLive("m", "1", CALL)).isFalse();
    assertThat(texts.open("next")).isEmpty();
  }
}

package dev.confab.ai.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplyTextTest {
  private static final String MIXED = "héllo 🌍🚀 wörld 👩‍👩‍👧 𝄞 end";

  @Test
  void countsOffsetsFromWhatEarlierAttemptsSaid() {
    ReplyText text = new ReplyText(7, 100);

    text.append("ab🌍");

    assertThat(text.offset()).isEqualTo(7);
    assertThat(text.take(100)).isEqualTo("ab🌍");
    assertThat(text.offset()).isEqualTo(11);
    assertThat(text.length()).isEqualTo(11);
  }

  @Test
  void holdsHalfAPairUntilTheOtherHalfComes() {
    ReplyText text = new ReplyText(0, 100);
    text.append("a" + "🌍".charAt(0));
    assertThat(text.take(100)).isEqualTo("a");

    text.append("🌍".charAt(1) + "b");

    assertThat(text.take(100)).isEqualTo("🌍b");
  }

  @Test
  void neverSplitsAPairWhenTakingLittle() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      ReplyText text = new ReplyText(0, 1000);
      StringBuilder taken = new StringBuilder();
      for (int at = 0; at < MIXED.length(); ) {
        int end = Math.min(MIXED.length(), at + 1 + random.nextInt(4));
        text.append(MIXED.substring(at, end));
        at = end;
        taken.append(whole(text.take(2 + random.nextInt(3))));
      }
      while (text.hasPending()) {
        taken.append(whole(text.take(2)));
      }
      assertThat(taken.toString()).isEqualTo(MIXED);
    }
  }

  private static String whole(String piece) {
    if (!piece.isEmpty()) {
      assertThat(Character.isLowSurrogate(piece.charAt(0))).isFalse();
      assertThat(Character.isHighSurrogate(piece.charAt(piece.length() - 1))).isFalse();
    }
    return piece;
  }

  @Test
  void replacesWhatNobodyCouldStore() {
    ReplyText text = new ReplyText(0, 100);
    text.append("a\uDC00b\uD83Dc\u0000d\uD83D");

    text.finish();

    assertThat(text.take(100)).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFD");
  }

  @Test
  void dropsWhatGoesBeyondTheLongestLength() {
    ReplyText text = new ReplyText(2, 6);

    text.append("abc🌍");

    assertThat(text.isFull()).isTrue();
    assertThat(text.take(100)).isEqualTo("abc");
    assertThat(text.length()).isEqualTo(5);
  }
}

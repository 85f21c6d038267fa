package dev.confab.gateway.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class RunningTextTest {
  private record Piece(int offset, String text) {}

  @Property(tries = 500)
  void anyOrderRepetitionAndOverlapGivesTheOneText(
      @ForAll @AlphaChars @StringLength(min = 1, max = 200) String whole, @ForAll long seed) {
    var random = new Random(seed);
    List<Piece> pieces = new ArrayList<>();
    for (int at = 0; at < whole.length(); ) {
      int end = Math.min(whole.length(), at + 1 + random.nextInt(8));
      int start = Math.max(0, at - random.nextInt(4));
      pieces.add(new Piece(start, whole.substring(start, end)));
      if (random.nextInt(4) == 0) {
        pieces.add(pieces.getLast());
      }
      at = end;
    }
    Collections.shuffle(pieces, random);

    var text = new RunningText("m");
    var told = new StringBuilder();
    for (var piece : pieces) {
      text.take(piece.offset(), piece.text());
      told.append(text.takeUntold());
    }

    assertThat(told.toString()).isEqualTo(whole);
    assertThat(text.hasHole()).isFalse();
  }

  @Test
  void whatComesTooEarlyIsBounded() {
    var text = new RunningText("m");
    text.take(1, "x".repeat(RunningText.EARLY_LIMIT + 1));

    assertThat(text.hasHole()).isTrue();
    text.take(0, "a");
    assertThat(text.takeUntold()).isEqualTo("a");
  }
}

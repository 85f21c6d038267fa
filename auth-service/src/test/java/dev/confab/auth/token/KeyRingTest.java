package dev.confab.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.auth.token.KeyRing.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRingTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final Duration ROTATE = Duration.ofDays(90);

  @Test
  void theNewestKeyThatMaySignSigns() {
    var ring = new KeyRing(List.of(key("old", -100), key("young", -1)));

    assertThat(ring.signer(NOW).kid()).isEqualTo("young");
  }

  @Test
  void aKeyPublishedAheadDoesNotSignYet() {
    var ring = new KeyRing(List.of(key("present", -100), key("next", 1)));

    assertThat(ring.signer(NOW).kid()).isEqualTo("present");
    assertThat(ring.byKid("next")).isPresent();
  }

  @Test
  void aClockBehindTheFirstKeySignsAllTheSame() {
    assertThat(new KeyRing(List.of(key("first", 1))).signer(NOW).kid()).isEqualTo("first");
  }

  @Test
  void needsASuccessorOnceTheNewestIsOld() {
    assertThat(new KeyRing(List.of()).needsSuccessor(NOW, ROTATE)).isTrue();
    assertThat(new KeyRing(List.of(key("k", -91))).needsSuccessor(NOW, ROTATE)).isTrue();
    assertThat(new KeyRing(List.of(key("k", -89))).needsSuccessor(NOW, ROTATE)).isFalse();
  }

  @Test
  void aKeyIsOutlivedWhenItsSuccessorSignedForLongerThanAnyTokenLives() {
    var ring = new KeyRing(List.of(key("first", -200), key("second", -100), key("third", -5)));

    assertThat(ring.outlived(NOW, ROTATE)).extracting(Key::kid).containsExactly("first");
  }

  @Test
  void theOnlyKeyIsNeverOutlived() {
    assertThat(new KeyRing(List.of(key("k", -1000))).outlived(NOW, ROTATE)).isEmpty();
  }

  private static Key key(String kid, int days) {
    var from = NOW.plus(Duration.ofDays(days));
    return new Key(kid, null, null, from, from);
  }
}

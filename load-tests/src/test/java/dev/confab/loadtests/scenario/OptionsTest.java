package dev.confab.loadtests.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void keepsWhatWasUsed() {
    Options options = new Options(Map.of("rooms", "7", "unknown", "1"));

    assertThat(options.number("rooms", 50)).isEqualTo(7);
    assertThat(options.decimal("rate", 12.5)).isEqualTo(12.5);
    assertThat(options.used()).isEqualTo(Map.of("rooms", "7", "rate", "12.5"));
    assertThat(options.again().used()).isEmpty();
  }

  @Test
  void namesTheOptionThatIsNoNumber() {
    Options options = new Options(Map.of("rooms", "many", "rate", "-1"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.number("rooms", 1))
        .withMessage("--rooms wants a number from 0 on, not 'many'");
    assertThatIllegalArgumentException().isThrownBy(() -> options.decimal("rate", 1));
  }

  @Test
  void makesRoomForAllClientsOfAStorm() {
    assertThat(Storm.rooms(5_000, 20)).isEqualTo(264);
    assertThat(Storm.rooms(19, 20)).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> Storm.rooms(10, 1));
  }

  @Test
  void holdsOnlyWhatIsFastWholeAndKeepsUp() {
    assertThat(Top.holds(250, 250, 0, 980, 1_000)).isTrue();
    assertThat(Top.holds(251, 250, 0, 1_000, 1_000)).isFalse();
    assertThat(Top.holds(1, 250, 1, 1_000, 1_000)).isFalse();
    assertThat(Top.holds(1, 250, 0, 979, 1_000)).isFalse();
  }

  @Test
  void givesEachNumberAWordOfItsOwn() {
    assertThat(Search.rare(0)).isEqualTo("zqa");
    assertThat(Search.rare(120)).isEqualTo("zqbca");
  }
}

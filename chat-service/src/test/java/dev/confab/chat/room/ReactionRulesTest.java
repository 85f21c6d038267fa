package dev.confab.chat.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.contracts.chat.Reaction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReactionRulesTest {
  @Test
  void anEmojiIsWhatPeopleSeeAsOne() {
    for (String one :
        List.of(
            "👍",
            "👍🏽",
            "❤",
            "❤️",
            "1️⃣",
            "🇩🇪",
            "👨‍👩‍👧‍👦",
            "🏳️‍🌈",
            "☠️",
            "©",
            "🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F",
            "👩🏽‍❤️‍💋‍👩🏽")) {
      assertThat(Emoji.isOne(one)).as(one).isTrue();
    }
    for (String other :
        List.of(
            "", "a", "1", "👍👍", "👍 ", ":)", "🇩", "\u200D", "🏽", "x👍", "👍\u0000", "\uD83D")) {
      assertThat(Emoji.isOne(other)).as(other).isFalse();
    }
    assertThat(Emoji.isOne(null)).isFalse();
    assertThat(Emoji.isOne("👨" + "\u200D👨".repeat(8))).isFalse();
  }

  @Test
  void reactionsKeepTheirPlacesAndGoWithTheLast() {
    List<Reaction> one = ReactionRules.after(null, "👍", true, List.of("ada"));
    List<Reaction> two = ReactionRules.after(one, "🎉", true, List.of("bob"));
    List<Reaction> three = ReactionRules.after(two, "👍", true, List.of("ada", "bob"));

    assertThat(three)
        .containsExactly(
            new Reaction("👍", 2, List.of("ada", "bob")), new Reaction("🎉", 1, List.of("bob")));
    assertThat(ReactionRules.after(three, "🎉", false, List.of()))
        .containsExactly(new Reaction("👍", 2, List.of("ada", "bob")));
    assertThat(ReactionRules.after(one, "👍", false, List.of())).isEmpty();
    assertThat(ReactionRules.after(one, "🎉", false, List.of())).isEqualTo(one);
  }

  @Test
  void oneEmojiTooManyIsRefusedMoreOfTheSameAreNot() {
    List<Reaction> full = new ArrayList<>();
    for (int i = 0; i < ReactionRules.MAX_EMOJI; i++) {
      full.add(new Reaction(Character.toString(0x1F600 + i), 1, List.of("ada")));
    }
    assertThat(ReactionRules.isFull(full, "👍")).isTrue();
    assertThat(ReactionRules.isFull(full, "\uD83D\uDE00")).isFalse();
    assertThat(ReactionRules.isFull(full.subList(1, 20), "👍")).isFalse();
    assertThat(ReactionRules.isFull(null, "👍")).isFalse();
  }
}

package dev.confab.chat.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.room.Mentions.Named;
import java.util.List;
import org.junit.jupiter.api.Test;

class MentionsTest {
  private final List<Named> room =
      List.of(
          new Named("ann", "Ann"),
          new Named("lee", "Ann Lee"),
          new Named("bob", "Bob Stone"),
          new Named("jo1", "Jo March"),
          new Named("jo2", "Jo Hill"),
          new Named("zoe", "Zoë"),
          new Named("oleg", "Олег"),
          new Named("mei", "小明"),
          new Named("dev", "dev-ops.team"),
          new Named("mute", null),
          new Named("helper", "Helper"));

  private List<String> in(String text) {
    return Mentions.in(text, room);
  }

  @Test
  void namesAreFoundWhateverTheirCase() {
    assertThat(in("@bob stone, look")).containsExactly("bob");
    assertThat(in("(@BOB STONE)")).containsExactly("bob");
    assertThat(in("so, @олег: да?")).containsExactly("oleg");
    assertThat(in("@小明 你好")).containsExactly("mei");
    assertThat(in("@Zoe\u0308!")).containsExactly("zoe");
    assertThat(in("ask @dev-ops.team.")).containsExactly("dev");
    assertThat(in("@Helper's turn")).containsExactly("helper");
  }

  @Test
  void theLongestNameIsMeant() {
    assertThat(in("@ann lee")).containsExactly("lee");
    assertThat(in("@Ann\n Lee")).containsExactly("lee");
    assertThat(in("@ann leeds")).containsExactly("ann");
    assertThat(in("@ann")).containsExactly("ann");
  }

  @Test
  void aFirstWordWillDoWhereOneHasIt() {
    assertThat(in("@bob?")).containsExactly("bob");
    assertThat(in("@jo?")).isEmpty();
    assertThat(in("@jo hill?")).containsExactly("jo2");
  }

  @Test
  void allOfOneNameAreMeantAndEachOnceInTheTextsOrder() {
    List<Named> twins = List.of(new Named("1", "Sam"), new Named("2", "sam"), new Named("3", "Al"));
    assertThat(Mentions.in("@al and @Sam and @al", twins)).containsExactly("3", "1", "2");
  }

  @Test
  void wordsAddressesPathsAndCodeMeanNobody() {
    for (String text :
        List.of(
            "ann",
            "@annette",
            "@ann_b",
            "@ann.example",
            "@ann-marie",
            "x@ann",
            "mail.to@ann",
            "ann@bob",
            "@@ann",
            "https://example.org/@ann",
            "`@ann`",
            "```\n@ann\n``` ",
            "``` @ann",
            "@ ann",
            "@")) {
      assertThat(in(text)).as(text).isEmpty();
    }
    assertThat(in("`@ann` but @bob")).containsExactly("bob");
  }

  @Test
  void candidatesHoldEveryNameThatIsMeant() {
    assertThat(Mentions.candidates("hi @ann lee, and @олег!"))
        .contains("ann", "ann lee", "ann lee,", "олег");
    assertThat(Mentions.candidates("nobody")).isEmpty();
    String many = "@a b c d e f g h ".repeat(500);
    assertThat(Mentions.candidates(many)).hasSizeLessThan(50);
  }

  @Test
  void theAiIsCalledByWholeWords() {
    assertThat(Mentions.callAi("well, @AI")).isTrue();
    assertThat(Mentions.callAi("Hey, ai: x")).isTrue();
    assertThat(Mentions.callAi("@aida")).isFalse();
    assertThat(in("@ai")).isEmpty();
  }
}

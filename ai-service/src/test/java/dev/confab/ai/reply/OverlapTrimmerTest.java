package dev.confab.ai.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlapTrimmerTest {
  private static final String SO_FAR =
      "Once upon a time there was a lighthouse keeper who counted ships";

  @Test
  void passesAFirstAttemptOnAtOnce() {
    OverlapTrimmer trimmer = new OverlapTrimmer("");

    assertThat(trimmer.accept("Once")).isEqualTo("Once");
    assertThat(trimmer.finish()).isEmpty();
  }

  @Test
  void passesAProperContinuationOnUnchanged() {
    assertThat(continued(SO_FAR, " every evening.")).isEqualTo(" every evening.");
  }

  @Test
  void dropsARepeatedTail() {
    assertThat(continued(SO_FAR, "keeper who counted ships every evening."))
        .isEqualTo(" every evening.");
  }

  @Test
  void dropsARestartFromTheBeginning() {
    assertThat(continued(SO_FAR, SO_FAR + " every evening.")).isEqualTo(" every evening.");
  }

  @Test
  void dropsARestartOfAShortText() {
    assertThat(continued("Once", "Once upon a time")).isEqualTo(" upon a time");
  }

  @Test
  void keepsARepetitionThatMayBeChance() {
    assertThat(continued("He saw the b", "banana")).isEqualTo("banana");
    assertThat(continued(SO_FAR, "ships of all kinds")).isEqualTo("ships of all kinds");
  }

  @Test
  void keepsAnotherVersionOfTheBeginning() {
    assertThat(continued(SO_FAR, "Once upon a hill")).isEqualTo("Once upon a hill");
  }

  @Test
  void releasesWhatWasHeldInVainAtTheEnd() {
    OverlapTrimmer trimmer = new OverlapTrimmer(SO_FAR);

    assertThat(trimmer.accept("Once upon")).isEmpty();
    assertThat(trimmer.finish()).isEqualTo("Once upon");
  }

  @Test
  void holdsNothingBackOnceItIsClear() {
    OverlapTrimmer trimmer = new OverlapTrimmer(SO_FAR);

    assertThat(trimmer.accept("keeper who counted ships and")).isEqualTo(" and");
    assertThat(trimmer.accept(" Once upon")).isEqualTo(" Once upon");
  }

  /** The same result, however the text is cut into tokens. */
  private static String continued(String soFar, String answer) {
    List<String> results = new ArrayList<>();
    for (int size : new int[] {1, 3, 7, answer.length()}) {
      OverlapTrimmer trimmer = new OverlapTrimmer(soFar);
      StringBuilder said = new StringBuilder();
      for (int at = 0; at < answer.length(); at += size) {
        said.append(trimmer.accept(answer.substring(at, Math.min(answer.length(), at + size))));
      }
      results.add(said.append(trimmer.finish()).toString());
    }
    assertThat(results).containsOnly(results.getFirst());
    return results.getFirst();
  }
}

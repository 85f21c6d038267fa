package dev.confab.chat.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HandOverPhrasesTest {
  private final HandOverPhrases phrases =
      new HandOverPhrases(List.of("talk to a person", " Mensch ", ""));

  @Test
  void aPhraseIsFoundAmidAMessageHoweverItIsWritten() {
    assertThat(phrases.ask("Please, can I TALK  to\na person?")).isTrue();
    assertThat(phrases.ask("mensch!")).isTrue();
  }

  @Test
  void onlyWholeWordsCount() {
    assertThat(phrases.ask("We talk to a personal trainer")).isFalse();
    assertThat(phrases.ask("Menschen")).isFalse();
    assertThat(new HandOverPhrases(List.of()).ask("talk to a person")).isFalse();
  }
}

package dev.confab.chat.title;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FirstWordsTest {
  @Test
  void shortTextsAreTheirOwnTitle() {
    assertThat(FirstWords.of("  What is\n a cat? ")).isEqualTo("What is a cat?");
    assertThat(FirstWords.of(" \n ")).isEmpty();
  }

  @Test
  void longTextsEndWithAWord() {
    String title = FirstWords.of("word ".repeat(40));

    assertThat(title).endsWith("word…").hasSizeLessThanOrEqualTo(61);
    assertThat(FirstWords.of("x".repeat(100))).hasSize(60);
    assertThat(FirstWords.of("\uD83D\uDE00".repeat(50))).doesNotContain("?").endsWith("…");
  }

  @Test
  void aModelsQuotesAndMarksGo() {
    assertThat(FirstWords.ofModel("\"**About cats**.\"\nmore")).isEqualTo("About cats");
    assertThat(FirstWords.ofModel(" \n")).isEmpty();
  }
}

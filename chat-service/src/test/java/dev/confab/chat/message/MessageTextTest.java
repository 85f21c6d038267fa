package dev.confab.chat.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageTextTest {
  @Test
  void whatCannotBeStoredIsReplacedUnitByUnit() {
    assertThat(MessageText.storable("a\0b")).isEqualTo("a\uFFFDb");
    assertThat(MessageText.storable("\uD83D\uDE00")).isEqualTo("\uD83D\uDE00");
    assertThat(MessageText.storable("\uDE00\uD83D")).isEqualTo("\uFFFD\uFFFD");
    assertThat(MessageText.storable(null)).isNull();
  }

  @Test
  void aPreviewIsShortAndWhole() {
    assertThat(MessageText.preview("one\n two")).isEqualTo("one two");
    assertThat(MessageText.preview("x".repeat(119) + "\uD83D\uDE00")).hasSize(119);
    assertThat(MessageText.preview(null)).isNull();
  }
}

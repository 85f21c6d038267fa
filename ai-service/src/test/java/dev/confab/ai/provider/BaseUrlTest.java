package dev.confab.ai.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BaseUrlTest {
  @Test
  void addsThePathThatIsMissing() {
    assertThat(BaseUrl.parse("http://localhost:11434"))
        .containsExactly("http://localhost:11434/v1");
    assertThat(BaseUrl.parse("http://localhost:11434/"))
        .containsExactly("http://localhost:11434/v1");
  }

  @Test
  void keepsAPathThatIsThere() {
    assertThat(BaseUrl.parse("https://llm.example/openai/v2/"))
        .containsExactly("https://llm.example/openai/v2");
  }

  @Test
  void readsSeveral() {
    assertThat(BaseUrl.parse(" http://a:1 , http://b:2/v1,, http://a:1 "))
        .containsExactly("http://a:1/v1", "http://b:2/v1");
  }

  @Test
  void refusesWhatIsNoUrl() {
    assertThatThrownBy(() -> BaseUrl.parse("localhost:11434"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BaseUrl.parse("ftp://host/v1"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

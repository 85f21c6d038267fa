package dev.confab.chat.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SnippetTest {
  @Test
  void nothingButTheMarksIsHtml() {
    assertThat(Snippet.html("a \u0002b\u0003 \u0004i> & \"c\" 'd' <mark>"))
        .isEqualTo("a <mark>b</mark> &lt;i&gt; &amp; &quot;c&quot; &#39;d&#39; &lt;mark&gt;");
  }
}

package dev.confab.localstack.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.localstack.process.StackFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @Test
  void environmentWinsOverTheFile() {
    Settings settings =
        Settings.of(Map.of("CONFAB_REDIS", "one"), Map.of("CONFAB_REDIS", "two", "DB_HOST", "db"));

    assertThat(settings.text("CONFAB_REDIS")).contains("one");
    assertThat(settings.text("DB_HOST")).contains("db");
  }

  @Test
  void anEmptyVariableIsNotSet() {
    Settings settings =
        Settings.of(Map.of("CONFAB_REDIS", " "), Map.of("CONFAB_REDIS", "two", "DB_HOST", ""));

    assertThat(settings.text("CONFAB_REDIS")).contains("two");
    assertThat(settings.text("DB_HOST")).isEmpty();
  }

  @Test
  void readsQuotesCommentsAndExports() {
    String text =
        """
        # a comment
        export A=1
        B = "two # words"   # and a comment
        C='x=y'
        D=plain # comment
        E=

        F=a#b
        """;

    assertThat(DotEnv.parse(text, ".env"))
        .containsEntry("A", "1")
        .containsEntry("B", "two # words")
        .containsEntry("C", "x=y")
        .containsEntry("D", "plain")
        .containsEntry("E", "")
        .containsEntry("F", "a#b");
  }

  @Test
  void namesTheLineThatSetsNothingButNotWhatStandsThere() {
    assertThatThrownBy(() -> DotEnv.parse("A=1\nsecret\n", ".env"))
        .isInstanceOf(StackFailure.class)
        .hasMessageContaining("Line 2")
        .hasMessageNotContaining("secret");
  }

  @Test
  void anotherFileCanBeNamed(@TempDir Path folder) throws Exception {
    Path other = folder.resolve("other.env");
    Files.writeString(folder.resolve(".env"), "A=usual");
    Files.writeString(other, "A=other");

    assertThat(Settings.of(Map.of(), folder).text("A")).contains("usual");
    Settings named = Settings.of(Map.of("CONFAB_ENV_FILE", other.toString()), folder);
    assertThat(named.text("A")).contains("other");
    Settings none = Settings.of(Map.of("CONFAB_ENV_FILE", "/dev/null"), folder);
    assertThat(none.text("A")).isEmpty();
  }

  @Test
  void aNumberMustBeOne() {
    Settings settings = Settings.of(Map.of("CONFAB_AI_PORT", "many"), Map.of());

    assertThatThrownBy(() -> settings.number("CONFAB_AI_PORT", 1))
        .isInstanceOf(StackFailure.class)
        .hasMessageContaining("CONFAB_AI_PORT");
  }

  @Test
  void printsNoValue() {
    assertThat(Settings.of(Map.of("DB_PASSWORD", "hush"), Map.of()).toString())
        .doesNotContain("hush");
  }

  @Test
  void portsCanBeMovedTogetherAndAlone() {
    PortPlan usual = PortPlan.of(Settings.of(Map.of(), Map.of()));
    PortPlan moved =
        PortPlan.of(
            Settings.of(Map.of("CONFAB_PORTS_FROM", "21000", "CONFAB_AI_PORT", "9"), Map.of()));

    assertThat(usual.gateway()).isEqualTo(8080);
    assertThat(PortPlan.ofReplica(usual.gateway(), 2)).isEqualTo(8090);
    assertThat(moved.gateway()).isEqualTo(21000);
    assertThat(moved.demoLlm()).isEqualTo(21008);
    assertThat(moved.ai()).isEqualTo(9);
  }
}

package dev.confab.localstack.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProviderGroupTest {
  @Test
  void noneIsSet() {
    assertThat(groups(Map.of("LLM_TIMEOUT", "5", "CONFAB_LLM_MODEL", "m"))).isEmpty();
  }

  @Test
  void eachSetGroupIsAProviderInAFixedOrder() {
    List<ProviderGroup> groups =
        groups(
            Map.of(
                "LLM_SERVER_URL", "http://localhost:11434",
                "LLM_DEFAULT_MODEL", "llama",
                "DEEPSEEK_API_KEY", "k2",
                "CONFAB_LLM_API_KEY", "k1",
                "CONFAB_LLM_BASE_URL", "https://llm.example/openai/",
                "CONFAB_LLM_MODEL", "m1"));

    assertThat(groups)
        .containsExactly(
            new ProviderGroup("confab", "https://llm.example/openai", "k1", "m1"),
            new ProviderGroup("deepseek", "https://api.deepseek.com/v1", "k2", null),
            new ProviderGroup("llm-server", "http://localhost:11434/v1", null, "llama"));
  }

  @Test
  void furtherProvidersFollowByTheirNames() {
    Map<String, String> further =
        new ProviderGroup("demo2", "http://demo/v1", "k", "m").environment();

    assertThat(ProviderGroup.isAbout(further.keySet().iterator().next())).isTrue();
    assertThat(groups(further))
        .containsExactly(new ProviderGroup("demo2", "http://demo/v1", "k", "m"));
    assertThat(groups(Map.of("OPENAI_API_KEY", "k", "OLLAMA_BASE_URL", "http://gpu:11434")))
        .containsExactly(
            new ProviderGroup("openai", "https://api.openai.com/v1", "k", null),
            new ProviderGroup("ollama", "http://gpu:11434/v1", null, null));
  }

  @Test
  void ofSeveralAddressesTheFirstIsTried() {
    assertThat(groups(Map.of("CONFAB_LLM_BASE_URL", "http://a:1, http://b:2")))
        .extracting(ProviderGroup::baseUrl)
        .containsExactly("http://a:1/v1");
  }

  @Test
  void printsNoKey() {
    assertThat(groups(Map.of("DEEPSEEK_API_KEY", "hush")).toString()).doesNotContain("hush");
  }

  private static List<ProviderGroup> groups(Map<String, String> environment) {
    return ProviderGroup.of(Settings.of(environment, Map.of()));
  }
}

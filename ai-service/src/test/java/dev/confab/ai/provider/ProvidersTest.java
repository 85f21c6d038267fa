package dev.confab.ai.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The environment as people set it, read through the service's own properties. */
class ProvidersTest {
  @Test
  void takesEachSetGroupInOrder() {
    Providers providers =
        providers(
            Map.of(
                "LLM_SERVER_URL", "http://gpu:8000",
                "LLM_DEFAULT_MODEL", "llama",
                "DEEPSEEK_API_KEY", "secret",
                "CONFAB_LLM_BASE_URL", "http://one:1/v1,http://two:2",
                "CONFAB_LLM_MODEL", "first"));

    assertThat(providers.all())
        .extracting(Provider::name)
        .containsExactly("confab", "deepseek", "llm-server");
    assertThat(url(providers.all().get(0))).isEqualTo("http://one:1/v1");
    assertThat(url(providers.all().get(1))).isEqualTo("https://api.deepseek.com/v1");
    assertThat(providers.all().get(2).defaultModel()).isEqualTo("llama");
  }

  @Test
  void takesFurtherProvidersOfAnyNameLastUnlessAnOrderIsSet() {
    Map<String, String> environment =
        Map.of(
            "CONFAB_AI_PROVIDERS_GROQ_BASE_URL", "http://groq/openai/v1",
            "CONFAB_AI_PROVIDERS_GROQ_API_KEY", "secret",
            "CONFAB_AI_PROVIDERS_DEMO2_BASE_URL", "http://demo2",
            "OPENAI_API_KEY", "secret",
            "OLLAMA_BASE_URL", "http://gpu:11434");

    assertThat(providers(environment).all())
        .extracting(Provider::name)
        .containsExactly("openai", "ollama", "demo2", "groq");

    Map<String, String> ordered = new HashMap<>(environment);
    ordered.put("CONFAB_LLM_PROVIDERS", "groq,ollama");
    assertThat(providers(ordered).all())
        .extracting(Provider::name)
        .containsExactly("groq", "ollama", "demo2", "openai");
  }

  @Test
  void asksForTheNewModelByItsOldName() {
    Providers providers =
        providers(
            Map.of(
                "CONFAB_LLM_BASE_URL", "http://one:1",
                "CONFAB_LLM_MODEL", "alpha",
                "LLM_SERVER_URL", "http://two:2",
                "LLM_DEFAULT_MODEL", "beta",
                "CONFAB_LLM_MODEL_ALIASES", "old:7b=beta, older=beta"));

    assertThat(providers.candidates("old:7b", null))
        .first()
        .extracting(Target::model)
        .isEqualTo("beta");
    assertThat(providers.candidates(null, "older"))
        .first()
        .extracting(Target::model)
        .isEqualTo("beta");
    assertThat(providers.aliases()).containsEntry("older", "beta");
  }

  @Test
  void takesNoneWhenNoneIsSet() {
    assertThat(providers(Map.of("CONFAB_LLM_MODEL", "lonely")).all()).isEmpty();
  }

  @Test
  void tellsNobodyTheKey() {
    Providers providers = providers(Map.of("DEEPSEEK_API_KEY", "secret"));

    assertThat(providers.all().getFirst().toString()).doesNotContain("secret");
  }

  @Test
  void asksTheProviderThatServesTheModelFirst() {
    Providers providers = two();

    assertThat(providers.candidates("beta", null))
        .extracting(Target::model)
        .containsExactly("beta", "alpha");
    assertThat(providers.candidates(null, "beta"))
        .extracting(Target::model)
        .containsExactly("beta", "alpha");
    assertThat(providers.candidates(null, "an-assistant"))
        .extracting(Target::model)
        .containsExactly("alpha", "beta");
  }

  @Test
  void asksTheFirstProviderForAModelThatNobodyLists() {
    assertThat(two().candidates("gamma", null))
        .extracting(target -> target.provider().name() + ":" + target.model())
        .containsExactly("confab:gamma", "llm-server:beta");
  }

  @Test
  void asksAProviderThatFailedLatelyLast() {
    Providers providers = two();

    providers.all().getFirst().enter().pass().failedGravely();

    assertThat(providers.candidates(null, null))
        .extracting(Target::model)
        .containsExactly("beta", "alpha");
  }

  @Test
  void asksTheEndpointWithTheFewestCalls() {
    Provider provider = three();
    provider.enter().endpoint().callStarted();

    assertThat(url(provider)).isEqualTo("http://b/v1");
    provider.enter().endpoint().callStarted();
    assertThat(url(provider)).isEqualTo("http://c/v1");
    assertThat(provider.state().running()).isEqualTo(2);
  }

  @Test
  void passesOverAnEndpointThatFailedAsLongAsThereIsAnother() {
    Provider provider = three();
    provider.enter().pass().failed();
    assertThat(url(provider)).isEqualTo("http://b/v1");

    for (int i = 0; i < 2; i++) {
      provider.enter().pass().failedGravely();
    }

    assertThat(provider.isHealthy()).isTrue();
    provider.enter().pass().failed();
    assertThat(provider.isHealthy()).isFalse();
    assertThat(provider.state().state()).isEqualTo("unknown");
    assertThat(provider.enter().endpoint()).isNotNull();
  }

  private static Provider three() {
    return providers(Map.of("LLM_SERVER_URL", "http://a,http://b,http://c")).all().getFirst();
  }

  private static String url(Provider provider) {
    Entry entry = provider.enter();
    entry.pass().succeeded();
    return entry.endpoint().baseUrl();
  }

  private static Providers two() {
    return providers(
        Map.of(
            "CONFAB_LLM_BASE_URL", "http://one:1",
            "CONFAB_LLM_MODEL", "alpha",
            "LLM_SERVER_URL", "http://two:2",
            "LLM_DEFAULT_MODEL", "beta"));
  }

  private static Providers providers(Map<String, String> environment) {
    return new Providers(TestProviders.config(environment));
  }
}

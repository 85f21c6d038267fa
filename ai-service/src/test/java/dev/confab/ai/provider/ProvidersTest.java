package dev.confab.ai.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.ai.AiConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The environment as people set it, read through the service's own properties. */
class ProvidersTest {
  @Test
  void takesEachSetGroupInOrder() throws IOException {
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
    assertThat(providers.all().get(0).leastBusy(0).baseUrl()).isEqualTo("http://one:1/v1");
    assertThat(providers.all().get(1).leastBusy(0).baseUrl())
        .isEqualTo("https://api.deepseek.com/v1");
    assertThat(providers.all().get(2).defaultModel()).isEqualTo("llama");
  }

  @Test
  void takesNoneWhenNoneIsSet() throws IOException {
    assertThat(providers(Map.of("CONFAB_LLM_MODEL", "lonely")).all()).isEmpty();
  }

  @Test
  void tellsNobodyTheKey() throws IOException {
    Providers providers = providers(Map.of("DEEPSEEK_API_KEY", "secret"));

    assertThat(providers.all().getFirst().toString()).doesNotContain("secret");
  }

  @Test
  void asksTheProviderThatServesTheModelFirst() throws IOException {
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
  void asksTheFirstProviderForAModelThatNobodyLists() throws IOException {
    assertThat(two().candidates("gamma", null))
        .extracting(target -> target.provider().name() + ":" + target.model())
        .containsExactly("confab:gamma", "llm-server:beta");
  }

  @Test
  void asksAProviderThatFailedLatelyLast() throws IOException {
    Providers providers = two();
    long later = System.nanoTime() + 60_000_000_000L;

    providers.all().getFirst().leastBusy(0).avoidUntil(later);

    assertThat(providers.candidates(null, null))
        .extracting(Target::model)
        .containsExactly("beta", "alpha");
  }

  @Test
  void asksTheEndpointWithTheFewestCalls() throws IOException {
    Provider provider =
        providers(Map.of("LLM_SERVER_URL", "http://a,http://b,http://c")).all().getFirst();
    provider.leastBusy(0).callStarted();
    Endpoint second = provider.leastBusy(0);
    second.avoidUntil(1_000_000);

    assertThat(second.baseUrl()).isEqualTo("http://b/v1");
    assertThat(provider.leastBusy(0).baseUrl()).isEqualTo("http://c/v1");
    assertThat(provider.leastBusy(2_000_000).baseUrl()).isEqualTo("http://b/v1");
  }

  private static Providers two() throws IOException {
    return providers(
        Map.of(
            "CONFAB_LLM_BASE_URL", "http://one:1",
            "CONFAB_LLM_MODEL", "alpha",
            "LLM_SERVER_URL", "http://two:2",
            "LLM_DEFAULT_MODEL", "beta"));
  }

  private static Providers providers(Map<String, String> environment) throws IOException {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(AiConfig.class)
            .withSources(
                new PropertiesConfigSource(
                    ProvidersTest.class.getResource("/application.properties")),
                new PropertiesConfigSource(new HashMap<>(environment), "environment", 300))
            .addDiscoveredConverters()
            .addDefaultInterceptors()
            .build();
    return new Providers(config.getConfigMapping(AiConfig.class));
  }
}

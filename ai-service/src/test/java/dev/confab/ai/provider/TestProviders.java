package dev.confab.ai.provider;

import dev.confab.ai.AiConfig;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Providers for tests, which nobody ever calls. */
public final class TestProviders {
  private TestProviders() {}

  /** One that is configured with a model. */
  public static Provider named(String name, String model) {
    String prefix = "CONFAB_AI_PROVIDERS_" + name.toUpperCase(Locale.ROOT);
    return new Providers(
            config(Map.of(prefix + "_BASE_URL", "http://nowhere", prefix + "_MODEL", model)))
        .all()
        .getFirst();
  }

  /** One that lists a model and the length of its context. */
  public static Provider listing(String model, Integer contextLength) {
    Provider provider = named("lister", model);
    provider.listed(List.of(new ListedModel(model, contextLength)));
    return provider;
  }

  /** The service's own configuration in an environment. */
  public static AiConfig config(Map<String, String> environment) {
    try {
      return new SmallRyeConfigBuilder()
          .withMapping(AiConfig.class)
          .withSources(
              new PropertiesConfigSource(
                  TestProviders.class.getResource("/application.properties")),
              new EnvConfigSource(environment, 300))
          .addDiscoveredConverters()
          .addDefaultInterceptors()
          .build()
          .getConfigMapping(AiConfig.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

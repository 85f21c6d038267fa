package dev.confab.ai.provider;

import dev.confab.ai.AiConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The configured providers in order of preference, and the aliases of models. */
@ApplicationScoped
public class Providers {
  private static final Logger LOG = Logger.getLogger(Providers.class);

  private final List<Provider> providers;
  private final Map<String, String> aliases;

  Providers(AiConfig config) {
    this.providers = configured(config);
    this.aliases = NamedValues.parse(config.modelAliases().orElse(""));
    if (providers.isEmpty()) {
      LOG.warn("event=no_llm_provider every request will be answered as failed");
    }
    providers.forEach(
        provider ->
            LOG.infof(
                "event=llm_provider provider=%s model=%s endpoints=%d",
                provider.name(), modelOf(provider), provider.byLoad().size()));
  }

  private static List<Provider> configured(AiConfig config) {
    Stream<String> others =
        config.providers().keySet().stream()
            .filter(name -> !config.providerOrder().contains(name))
            .sorted();
    return Stream.concat(config.providerOrder().stream(), others)
        .filter(config.providers()::containsKey)
        .map(name -> Provider.of(name, config.providers().get(name), config.upstream()))
        .flatMap(Optional::stream)
        .toList();
  }

  private static String modelOf(Provider provider) {
    return Objects.requireNonNullElse(provider.defaultModel(), "(first listed)");
  }

  /** All, most preferred first. */
  public List<Provider> all() {
    return providers;
  }

  /** Old names of models and what answers for them now. */
  public Map<String, String> aliases() {
    return aliases;
  }

  /**
   * Whom to ask, first choice first: providers known to serve the model, then the others; those
   * that failed lately go behind their like. Where the model is not served, the provider's default
   * answers instead. A model that nobody lists is asked for under its name at the first provider,
   * for some providers serve more than they list.
   *
   * @param model the conversation's model, or null
   * @param assistant who shall answer; counts if it is the name of a known model
   */
  public List<Target> candidates(String model, String assistant) {
    String asked = model != null && !model.isBlank() ? current(model) : known(current(assistant));
    boolean listed = asked != null && known(asked) != null;
    List<Provider> order = new ArrayList<>(providers);
    order.sort(
        Comparator.<Provider>comparingInt(provider -> provider.isHealthy() ? 0 : 1)
            .thenComparingInt(provider -> listed && provider.serves(asked) ? 0 : 1));
    List<Target> targets = new ArrayList<>();
    for (Provider provider : order) {
      boolean byName = asked != null && (listed ? provider.serves(asked) : targets.isEmpty());
      String chosen = byName ? asked : provider.defaultModel();
      if (chosen != null) {
        targets.add(new Target(provider, chosen));
      }
    }
    return targets;
  }

  private String current(String name) {
    return name == null ? null : aliases.getOrDefault(name, name);
  }

  private String known(String name) {
    return name != null && providers.stream().anyMatch(provider -> provider.serves(name))
        ? name
        : null;
  }
}

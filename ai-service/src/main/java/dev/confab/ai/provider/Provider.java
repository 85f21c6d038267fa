package dev.confab.ai.provider;

import dev.confab.ai.AiConfig.Continuation;
import dev.confab.ai.AiConfig.ProviderConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A configured LLM provider. */
public final class Provider {
  private final String name;
  private final List<Endpoint> endpoints;
  private final String apiKey;
  private final String configuredModel;
  private final Continuation continuation;
  private volatile List<String> listedModels = List.of();

  private Provider(
      String name, List<Endpoint> endpoints, String apiKey, String model, Continuation how) {
    this.name = name;
    this.endpoints = endpoints;
    this.apiKey = apiKey;
    this.configuredModel = model;
    this.continuation = how;
  }

  /** The provider, or empty if neither a base URL nor a key is set for it. */
  static Optional<Provider> of(String name, ProviderConfig config) {
    Optional<String> urls =
        config.baseUrl().or(() -> config.apiKey().flatMap(key -> config.defaultBaseUrl()));
    List<Endpoint> endpoints =
        urls.map(BaseUrl::parse).orElse(List.of()).stream().map(Endpoint::new).toList();
    if (endpoints.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Provider(
            name,
            endpoints,
            config.apiKey().map(String::strip).orElse(null),
            config.model().map(String::strip).orElse(null),
            config.continuation()));
  }

  public String name() {
    return name;
  }

  /** Null if the provider needs none. Never to be logged. */
  String apiKey() {
    return apiKey;
  }

  public Continuation continuation() {
    return continuation;
  }

  /** The configured default, else the first one listed, else null while none is known. */
  public String defaultModel() {
    if (configuredModel != null) {
      return configuredModel;
    }
    List<String> listed = listedModels;
    return listed.isEmpty() ? null : listed.getFirst();
  }

  /** What the provider last listed; empty if it never answered. */
  public List<String> listedModels() {
    return listedModels;
  }

  public void listed(List<String> models) {
    listedModels = List.copyOf(models);
  }

  /** Whether a model of this name is known to be served here. */
  public boolean serves(String model) {
    return model.equals(configuredModel) || listedModels.contains(model);
  }

  /** Whether a call has a fair chance now. */
  boolean isHealthy(long now) {
    return endpoints.stream().anyMatch(endpoint -> endpoint.isHealthy(now));
  }

  /** The healthy endpoint with the fewest running calls; if none is healthy, of all. */
  Endpoint leastBusy(long now) {
    return endpoints.stream()
        .filter(endpoint -> endpoint.isHealthy(now))
        .min(Comparator.comparingInt(Endpoint::running))
        .orElseGet(
            () -> endpoints.stream().min(Comparator.comparingInt(Endpoint::running)).orElseThrow());
  }

  @Override
  public String toString() {
    return "Provider[" + name + ']';
  }
}

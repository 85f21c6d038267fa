package dev.confab.ai.provider;

import dev.confab.ai.AiConfig.Continuation;
import dev.confab.ai.AiConfig.ProviderConfig;
import dev.confab.ai.AiConfig.Upstream;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A configured LLM provider, and how it fares. */
public final class Provider {
  private final String name;
  private final List<Endpoint> endpoints;
  private final String apiKey;
  private final String configuredModel;
  private final Continuation continuation;
  private final AtomicInteger failuresInARow = new AtomicInteger();
  private volatile List<ListedModel> listedModels = List.of();
  private volatile Instant listedAt;
  private volatile boolean listed;
  private volatile boolean known;

  private Provider(
      String name, List<Endpoint> endpoints, String apiKey, String model, Continuation how) {
    this.name = name;
    this.endpoints = endpoints;
    this.apiKey = apiKey;
    this.configuredModel = model;
    this.continuation = how;
  }

  /** The provider, or empty if neither a base URL nor a key is set for it. */
  static Optional<Provider> of(String name, ProviderConfig config, Upstream upstream) {
    Optional<String> urls =
        config.baseUrl().or(() -> config.apiKey().flatMap(key -> config.defaultBaseUrl()));
    List<Endpoint> endpoints =
        urls.map(BaseUrl::parse).orElse(List.of()).stream()
            .map(url -> new Endpoint(url, breaker(upstream)))
            .toList();
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

  private static Breaker breaker(Upstream upstream) {
    return new Breaker(upstream.failuresBeforeCooldown(), upstream.cooldown());
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
    List<ListedModel> now = listedModels;
    return now.isEmpty() ? null : now.getFirst().id();
  }

  /** What the provider last listed; empty if it never answered. */
  public List<ListedModel> listedModels() {
    return listedModels;
  }

  /** The provider listed its models. */
  void listed(List<ListedModel> models) {
    listedModels = List.copyOf(models);
    listedAt = Instant.now();
    listed = true;
    succeeded();
  }

  /**
   * The provider did not list its models; what it listed before stands.
   *
   * @param answered whether it answered at all, as providers without a list do
   */
  void notListed(boolean answered) {
    listed = false;
    if (answered) {
      succeeded();
    } else {
      failed();
    }
  }

  /** A call was answered. */
  void succeeded() {
    failuresInARow.set(0);
    known = true;
  }

  /** A call failed by the provider's fault. */
  void failed() {
    failuresInARow.incrementAndGet();
    known = true;
  }

  /** Whether a model of this name is known to be served here. */
  public boolean serves(String model) {
    return model.equals(configuredModel) || listing(model).isPresent();
  }

  /** What the provider says of a model. */
  public Optional<ListedModel> listing(String model) {
    return listedModels.stream().filter(each -> each.id().equals(model)).findFirst();
  }

  /** Whether a call has a fair chance now. */
  boolean isHealthy() {
    return endpoints.stream().anyMatch(Endpoint::isHealthy);
  }

  /** Whether there is a base URL against which nothing speaks. */
  public boolean hasSoundEndpoint() {
    return endpoints.stream().anyMatch(Endpoint::isSound);
  }

  /**
   * The way to the endpoint with the fewest running calls that lets one pass; if none does, to the
   * one with the fewest.
   */
  Entry enter() {
    List<Endpoint> byLoad = byLoad();
    for (Endpoint endpoint : byLoad) {
      Optional<Breaker.Pass> pass = endpoint.breaker().tryPass();
      if (pass.isPresent()) {
        return new Entry(endpoint, pass.get());
      }
    }
    return new Entry(byLoad.getFirst(), byLoad.getFirst().breaker().forcePass());
  }

  /** All endpoints, the sound ones first, those with few running calls first among their like. */
  List<Endpoint> byLoad() {
    return endpoints.stream()
        .sorted(
            Comparator.<Endpoint>comparingInt(Provider::doubts).thenComparingInt(Endpoint::running))
        .toList();
  }

  private static int doubts(Endpoint endpoint) {
    return endpoint.isSound() ? 0 : endpoint.isHealthy() ? 1 : 2;
  }

  /** How it fares now. */
  public ProviderState state() {
    int failures = failuresInARow.get();
    boolean down = !isHealthy() || failures > 0 && !listed;
    return new ProviderState(
        name,
        !known ? "unknown" : down ? "down" : "up",
        listed,
        listedAt,
        endpoints.size(),
        endpoints.stream().mapToInt(Endpoint::running).sum(),
        failures);
  }

  @Override
  public String toString() {
    return "Provider[" + name + ']';
  }
}

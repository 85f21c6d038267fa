package dev.confab.chat.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * What ai-service says of its providers and their models.
 *
 * @param models each once, under the provider that is asked first
 * @param aliases from a name of old to the one that answers to it now
 */
record ModelReport(
    List<Offer> models, List<ProviderReport> providers, Map<String, String> aliases) {
  private static final int MAX_MODELS = 5_000;

  /** A model, as one provider lists it. */
  record Offer(String id, String provider, boolean isDefault, Integer contextLength) {}

  /**
   * A provider.
   *
   * @param state {@code up}, {@code down} or {@code unknown}
   * @param listed whether its last listing succeeded: only then is what it lacks gone
   * @param listedAt when that was, null if unknown
   */
  record ProviderReport(String name, String state, boolean listed, Instant listedAt) {
    /** As exact as the database keeps times. */
    ProviderReport {
      listedAt = listedAt == null ? null : listedAt.truncatedTo(ChronoUnit.MICROS);
    }
  }

  /** Absent lists are empty; what cannot be a model or a provider is left out. */
  ModelReport {
    models =
        models == null
            ? List.of()
            : models.stream()
                .filter(m -> m != null && Catalog.isName(m.id()) && Catalog.isName(m.provider()))
                .limit(MAX_MODELS)
                .toList();
    providers =
        providers == null
            ? List.of()
            : providers.stream().filter(p -> p != null && Catalog.isName(p.name())).toList();
    aliases = aliases == null ? Map.of() : Map.copyOf(aliases);
  }
}

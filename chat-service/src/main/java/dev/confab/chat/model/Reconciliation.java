package dev.confab.chat.model;

import dev.confab.chat.model.ModelReport.Offer;
import dev.confab.chat.model.ModelReport.ProviderReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a report changes in the registry; decided in memory.
 *
 * <p>Only a provider whose listing succeeded, is not older than the one taken in last, and names at
 * least one model can retire what it lacks. One that could not be asked changes nothing, but what
 * it is configured with is taken in the first time. One that is no longer configured loses its
 * models when it has been unheard of for a while, since replicas of ai-service may for a time have
 * different configurations.
 *
 * @param models every row that is other than before
 * @param added of those, the ones that answer from now on
 * @param retired of those, the ones that do so no longer
 * @param listings providers whose listing was taken in, with its time
 */
record Reconciliation(
    List<ListedModel> models,
    List<ListedModel> added,
    List<ListedModel> retired,
    Map<String, Instant> listings) {
  private record Key(String provider, String id) {}

  /**
   * A provider as stored.
   *
   * @param listedAt time of the last listing that was taken in, or null
   * @param seenAt when it was last reported
   */
  record KnownProvider(Instant listedAt, Instant seenAt) {}

  static Reconciliation of(
      List<ListedModel> known,
      Map<String, KnownProvider> providers,
      ModelReport report,
      Instant now,
      Duration goneAfter) {
    return new Comparing(known, providers, report, now, goneAfter).run();
  }

  boolean changesModels() {
    return !models.isEmpty();
  }

  /** One run; its fields are what it has gathered so far. */
  private static final class Comparing {
    private final Map<Key, ListedModel> before = new LinkedHashMap<>();
    private final Map<Key, ListedModel> after = new LinkedHashMap<>();
    private final Map<Key, Integer> positions = new HashMap<>();
    private final Map<String, Instant> listings = new LinkedHashMap<>();
    private final Map<String, KnownProvider> providers;
    private final ModelReport report;
    private final Instant now;
    private final Duration goneAfter;

    Comparing(
        List<ListedModel> known,
        Map<String, KnownProvider> providers,
        ModelReport report,
        Instant now,
        Duration goneAfter) {
      known.forEach(m -> before.put(new Key(m.provider(), m.id()), m));
      this.providers = providers;
      this.report = report;
      this.now = now;
      this.goneAfter = goneAfter;
      after.putAll(before);
      for (Offer offer : report.models()) {
        positions.putIfAbsent(new Key(offer.provider(), offer.id()), positions.size());
      }
    }

    Reconciliation run() {
      Set<String> told = new HashSet<>();
      for (ProviderReport provider : report.providers()) {
        if (told.add(provider.name())) {
          take(provider);
        }
      }
      for (Offer offer : report.models()) {
        if (told.add(offer.provider())) {
          take(new ProviderReport(offer.provider(), null, false, null));
        }
      }
      providers.forEach(
          (name, provider) -> {
            if (!told.contains(name) && provider.seenAt().plus(goneAfter).isBefore(now)) {
              retireAllBut(name, Set.of());
            }
          });
      markDefault();
      return result();
    }

    private void take(ProviderReport provider) {
      String name = provider.name();
      List<Offer> offers = report.models().stream().filter(o -> o.provider().equals(name)).toList();
      KnownProvider last = providers.get(name);
      Instant listedAt = provider.listedAt() == null ? now : provider.listedAt();
      boolean counts =
          provider.listed()
              && (last == null || last.listedAt() == null || !listedAt.isBefore(last.listedAt()));
      Set<String> named = new HashSet<>();
      for (Offer offer : offers) {
        Key key = new Key(name, offer.id());
        named.add(offer.id());
        // A stale listing does not bring back what a newer one has retired.
        if (counts || offer.isDefault() || !before.containsKey(key)) {
          after.put(key, active(key, offer));
        }
      }
      if (counts) {
        listings.put(name, listedAt);
        if (!named.isEmpty()) {
          retireAllBut(name, named);
        }
      }
    }

    private ListedModel active(Key key, Offer offer) {
      ListedModel last = before.get(key);
      return new ListedModel(
          offer.provider(),
          offer.id(),
          positions.get(key),
          offer.contextLength(),
          offer.isDefault(),
          true,
          last == null ? now : last.firstSeen(),
          null);
    }

    private void retireAllBut(String provider, Set<String> staying) {
      after.replaceAll(
          (key, model) ->
              key.provider().equals(provider) && model.isActive() && !staying.contains(key.id())
                  ? model.retired(now)
                  : model);
    }

    /** One default at most: the report's; the one of before stays while it names none. */
    private void markDefault() {
      report.models().stream()
          .filter(Offer::isDefault)
          .findFirst()
          .map(o -> new Key(o.provider(), o.id()))
          .filter(after::containsKey)
          .ifPresent(
              chosen -> after.replaceAll((key, model) -> model.asDefault(key.equals(chosen))));
    }

    private Reconciliation result() {
      List<ListedModel> changed = new ArrayList<>();
      List<ListedModel> added = new ArrayList<>();
      List<ListedModel> retired = new ArrayList<>();
      after.forEach(
          (key, model) -> {
            ListedModel last = before.get(key);
            boolean wasActive = last != null && last.isActive();
            if (!model.equals(last)) {
              changed.add(model);
            }
            if (model.isActive() && !wasActive) {
              added.add(model);
            } else if (!model.isActive() && wasActive) {
              retired.add(model);
            }
          });
      return new Reconciliation(changed, added, retired, listings);
    }
  }
}

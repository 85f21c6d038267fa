package dev.confab.chat.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The models as they stood at one moment. Immutable. */
final class Catalog {
  static final Catalog EMPTY = new Catalog(0, List.of(), Map.of());
  private static final int MAX_NAME_CHARS = 200;

  private final long version;
  private final Map<String, ListedModel> byName;
  private final Map<String, Long> activeByProvider;
  private final Map<String, String> aliases;
  private final String defaultModel;

  /**
   * Of one moment.
   *
   * @param models in their order; of several providers' the first active one stands for the name
   */
  Catalog(long version, List<ListedModel> models, Map<String, String> aliases) {
    this.version = version;
    this.byName = new LinkedHashMap<>();
    models.forEach(m -> byName.merge(m.id(), m, Catalog::standing));
    this.activeByProvider =
        models.stream()
            .filter(ListedModel::isActive)
            .collect(Collectors.groupingBy(ListedModel::provider, Collectors.counting()));
    this.aliases = Map.copyOf(aliases);
    this.defaultModel =
        models.stream()
            .filter(m -> m.isActive() && m.isDefault())
            .map(ListedModel::id)
            .findFirst()
            .orElse(null);
  }

  private static ListedModel standing(ListedModel first, ListedModel then) {
    return then.isDefault() || !first.isActive() ? then : first;
  }

  long version() {
    return version;
  }

  /** Each name once, retired ones too. */
  List<ListedModel> all() {
    return List.copyOf(byName.values());
  }

  /** Names that answer. */
  List<String> activeNames() {
    return byName.values().stream().filter(ListedModel::isActive).map(ListedModel::id).toList();
  }

  /** Names that answered once. */
  List<String> retiredNames() {
    return byName.values().stream().filter(m -> !m.isActive()).map(ListedModel::id).toList();
  }

  /** How many models of a provider answer. */
  int activeOf(String provider) {
    return activeByProvider.getOrDefault(provider, 0L).intValue();
  }

  /** The model that answers where nobody chose. */
  Optional<String> defaultModel() {
    return Optional.ofNullable(defaultModel);
  }

  /**
   * The model that answers to a name: its own, or the one it is an alias of. While nothing is known
   * any name may be one.
   */
  Optional<String> answering(String name) {
    if (!isName(name)) {
      return Optional.empty();
    }
    if (byName.isEmpty() || isActive(name)) {
      return Optional.of(name);
    }
    return Optional.ofNullable(aliases.get(name)).filter(this::isActive);
  }

  private boolean isActive(String name) {
    ListedModel model = byName.get(name);
    return model != null && model.isActive();
  }

  /** Whether this can be a model's or a provider's name at all. */
  static boolean isName(String text) {
    return text != null
        && !text.isBlank()
        && text.length() <= MAX_NAME_CHARS
        && text.chars().noneMatch(Character::isISOControl);
  }
}

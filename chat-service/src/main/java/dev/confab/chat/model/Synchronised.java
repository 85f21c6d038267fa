package dev.confab.chat.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.chat.model.ModelReport.ProviderReport;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a synchronisation changed.
 *
 * @param added names that answer from now on
 * @param retired names that do so no longer
 * @param active how many names answer now
 * @param items the models that answer now
 */
record Synchronised(
    List<String> added,
    List<String> retired,
    int active,
    List<Provider> providers,
    List<ModelItem> items) {
  /**
   * What it changed of one provider.
   *
   * @param listed whether it told its models; if not, what is known of it stays
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Provider(
      String name,
      String state,
      boolean listed,
      List<String> added,
      List<String> retired,
      int active) {}

  static Synchronised of(Catalog before, Catalog now, ModelReport report, Reconciliation result) {
    Set<String> answered = new HashSet<>(before.activeNames());
    List<String> active = now.activeNames();
    return new Synchronised(
        active.stream().filter(name -> !answered.contains(name)).toList(),
        answered.stream().filter(name -> !active.contains(name)).sorted().toList(),
        active.size(),
        report.providers().stream().map(p -> provider(p, now, result)).toList(),
        ModelItem.active(now));
  }

  private static Provider provider(ProviderReport told, Catalog now, Reconciliation result) {
    return new Provider(
        told.name(),
        told.state(),
        told.listed(),
        names(result.added(), told.name()),
        names(result.retired(), told.name()),
        now.activeOf(told.name()));
  }

  private static List<String> names(List<ListedModel> models, String provider) {
    return models.stream().filter(m -> m.provider().equals(provider)).map(ListedModel::id).toList();
  }
}

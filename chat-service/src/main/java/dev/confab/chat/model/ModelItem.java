package dev.confab.chat.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A model as users see it.
 *
 * @param name for people; its id, since providers tell no other
 * @param contextLength most tokens it takes in, null if unknown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelItem(
    String id,
    String name,
    String provider,
    boolean isDefault,
    boolean isActive,
    Integer contextLength) {
  private static ModelItem of(ListedModel model) {
    return new ModelItem(
        model.id(),
        model.id(),
        model.provider(),
        model.isDefault(),
        model.isActive(),
        model.contextLength());
  }

  static List<ModelItem> all(Catalog catalog) {
    return catalog.all().stream().map(ModelItem::of).toList();
  }

  static List<ModelItem> active(Catalog catalog) {
    return all(catalog).stream().filter(ModelItem::isActive).toList();
  }
}

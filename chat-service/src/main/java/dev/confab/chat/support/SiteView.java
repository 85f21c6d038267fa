package dev.confab.chat.support;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A site as operators see it.
 *
 * @param operators who work it; nobody named means every operator
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SiteView(
    UUID id,
    String name,
    String assistantId,
    List<String> origins,
    String greeting,
    JsonNode officeHours,
    boolean tokenRequired,
    boolean autoAssign,
    List<String> operators,
    Instant createdAt,
    Instant updatedAt) {
  static SiteView of(Site site, List<String> operators) {
    return new SiteView(
        site.id(),
        site.name(),
        site.assistantId(),
        site.origins().allowed(),
        site.greeting(),
        OfficeHoursJson.write(site.officeHours()),
        site.tokenRequired(),
        site.autoAssign(),
        operators,
        site.createdAt(),
        site.updatedAt());
  }
}

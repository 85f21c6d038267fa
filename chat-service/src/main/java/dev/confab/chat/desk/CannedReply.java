package dev.confab.chat.desk;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.chat.conversation.Instants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/**
 * A text that operators use again and again.
 *
 * @param shortcut what they type for it, unique within its site
 * @param siteId null for all sites
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CannedReply(
    UUID id, String shortcut, String text, UUID siteId, Instant createdAt, Instant updatedAt) {
  /** The columns that {@link #read} expects, of a table aliased {@code r}. */
  static final String COLUMNS =
      "r.id, r.shortcut, r.content, r.site_id, r.created_at, r.updated_at";

  static CannedReply read(ResultSet rows) throws SQLException {
    return new CannedReply(
        rows.getObject("id", UUID.class),
        rows.getString("shortcut"),
        rows.getString("content"),
        rows.getObject("site_id", UUID.class),
        Instants.read(rows, "created_at"),
        Instants.read(rows, "updated_at"));
  }
}

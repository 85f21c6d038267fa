package dev.confab.chat.support;

import dev.confab.chat.conversation.Instants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Where visitors come from, as stored.
 *
 * @param assistantId who answers first, null for the default
 * @param greeting the first message of a dialog, or null
 * @param officeHours null for always
 * @param tokenRequired whether a dialog's id alone does not let its visitor in
 * @param autoAssign whether waiting dialogs are given to operators
 */
public record Site(
    UUID id,
    String name,
    String assistantId,
    Origins origins,
    String greeting,
    OfficeHours officeHours,
    boolean tokenRequired,
    boolean autoAssign,
    Instant createdAt,
    Instant updatedAt) {
  /** The columns that {@link #read} expects, of a table aliased {@code s}. */
  static final String COLUMNS =
      "s.id, s.name, s.assistant_id, s.origins, s.greeting, s.office_hours::text AS office_hours,"
          + " s.token_required, s.auto_assign, s.created_at, s.updated_at";

  static Site read(ResultSet rows) throws SQLException {
    return new Site(
        rows.getObject("id", UUID.class),
        rows.getString("name"),
        rows.getString("assistant_id"),
        new Origins(List.of((String[]) rows.getArray("origins").getArray())),
        rows.getString("greeting"),
        OfficeHoursJson.read(rows.getString("office_hours")),
        rows.getBoolean("token_required"),
        rows.getBoolean("auto_assign"),
        Instants.read(rows, "created_at"),
        Instants.read(rows, "updated_at"));
  }
}

package dev.confab.chat.support;

import dev.confab.chat.conversation.Instants;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.ledger.Update;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sites in their tables. */
final class SiteRows {
  private static final String SELECT = "SELECT " + Site.COLUMNS + " FROM sites s WHERE ";
  private static final String LIVING = "s.retired_at IS NULL";
  private static final String ONE = SELECT + "s.id = ? AND " + LIVING;
  private static final String OF_ASSISTANT =
      SELECT
          + "COALESCE(s.assistant_id, 'default') = ? AND "
          + LIVING
          + " ORDER BY s.created_at, s.id LIMIT 1";
  private static final String ALL = SELECT + LIVING + " ORDER BY s.created_at, s.id LIMIT ?";
  private static final String OPERATORS =
      "SELECT o.user_id FROM site_operators o WHERE o.site_id = ? ORDER BY o.user_id";
  private static final String PUT =
      "INSERT INTO sites (id, name, assistant_id, origins, greeting, office_hours, token_required,"
          + " auto_assign, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)"
          + " ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name,"
          + " assistant_id = EXCLUDED.assistant_id, origins = EXCLUDED.origins,"
          + " greeting = EXCLUDED.greeting, office_hours = EXCLUDED.office_hours,"
          + " token_required = EXCLUDED.token_required, auto_assign = EXCLUDED.auto_assign,"
          + " updated_at = EXCLUDED.updated_at";
  // Its operators stay: whose dialogs these were does not change.
  private static final String RETIRE = "UPDATE sites SET retired_at = now() WHERE id = ?";
  private static final String NO_OPERATORS = "DELETE FROM site_operators WHERE site_id = ?";
  private static final String ADD_OPERATORS =
      "INSERT INTO site_operators (site_id, user_id) SELECT ?, k.user_id FROM unnest(?) AS k(user_id)";

  private SiteRows() {}

  static Optional<Site> find(Connection connection, UUID id) throws SQLException {
    return Reads.first(connection, ONE, Site::read, id);
  }

  static Optional<Site> lock(Connection connection, UUID id) throws SQLException {
    return Reads.first(connection, ONE + " FOR UPDATE", Site::read, id);
  }

  /** The oldest site whose dialogs this assistant answers. */
  static Optional<Site> ofAssistant(Connection connection, String assistantId) throws SQLException {
    return Reads.first(connection, OF_ASSISTANT, Site::read, assistantId);
  }

  static List<Site> all(Connection connection, int limit) throws SQLException {
    return Reads.all(connection, ALL, Site::read, limit);
  }

  static List<String> operators(Connection connection, UUID id) throws SQLException {
    return Reads.all(connection, OPERATORS, rows -> rows.getString("user_id"), id);
  }

  static void put(Connection connection, Site site) throws SQLException {
    var hours = OfficeHoursJson.write(site.officeHours());
    Update.run(
        connection,
        PUT,
        site.id(),
        site.name(),
        site.assistantId(),
        connection.createArrayOf("text", site.origins().allowed().toArray()),
        site.greeting(),
        hours == null ? null : hours.toString(),
        site.tokenRequired(),
        site.autoAssign(),
        Instants.parameter(site.createdAt()),
        Instants.parameter(site.updatedAt()));
  }

  static void retire(Connection connection, UUID id) throws SQLException {
    Update.run(connection, RETIRE, id);
  }

  static void putOperators(Connection connection, UUID id, List<String> users) throws SQLException {
    Update.run(connection, NO_OPERATORS, id);
    Update.run(connection, ADD_OPERATORS, id, connection.createArrayOf("text", users.toArray()));
  }
}

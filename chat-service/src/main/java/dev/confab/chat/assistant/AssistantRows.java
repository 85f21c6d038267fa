package dev.confab.chat.assistant;

import dev.confab.chat.conversation.Instants;
import dev.confab.chat.conversation.SettingsJson;
import dev.confab.chat.ledger.Reads;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How assistants stand in their table. */
final class AssistantRows {
  private static final UUID LAST = new UUID(-1L, -1L);
  private static final String ONE =
      "SELECT " + Assistant.COLUMNS + " FROM assistants a WHERE a.id = ?";
  private static final String MATCHES = " AND (a.name ILIKE ? OR a.description ILIKE ?)";
  private static final String OWN =
      "(SELECT "
          + Assistant.COLUMNS
          + " FROM assistants a WHERE a.owner_id = ? AND a.id < ?"
          + MATCHES
          + " ORDER BY a.id DESC LIMIT ?)";
  // Two short walks along two indexes; those of others that are private are on neither.
  private static final String OWN_AND_PUBLIC =
      OWN
          + " UNION ALL (SELECT "
          + Assistant.COLUMNS
          + " FROM assistants a WHERE a.is_public AND a.owner_id <> ? AND a.id < ?"
          + MATCHES
          + " ORDER BY a.id DESC LIMIT ?) ORDER BY id DESC LIMIT ?";
  // Two at once would both see room for one more.
  private static final String LOCK_OWNER = "SELECT pg_advisory_xact_lock(hashtextextended(?, 3))";
  private static final String COUNT =
      "SELECT count(*) AS count FROM assistants a WHERE a.owner_id = ?";
  private static final String INSERT =
      "INSERT INTO assistants (owner_id, owner_name, name, avatar, description, settings,"
          + " starter_questions, is_public, updated_at, id, created_at)"
          + " VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)";
  private static final String UPDATE =
      "UPDATE assistants SET owner_id = ?, owner_name = ?, name = ?, avatar = ?, description = ?,"
          + " settings = ?::jsonb, starter_questions = ?, is_public = ?, updated_at = ?"
          + " WHERE id = ?";
  private static final String DELETE = "DELETE FROM assistants WHERE id = ?";

  private AssistantRows() {}

  static Optional<Assistant> find(Connection connection, UUID id) throws SQLException {
    return Reads.first(connection, ONE, Assistant::read, id);
  }

  static Optional<Assistant> lock(Connection connection, UUID id) throws SQLException {
    return Reads.first(connection, ONE + " FOR UPDATE", Assistant::read, id);
  }

  /** One more than asked for, if there are more. */
  static List<Assistant> list(Connection connection, String userId, Assistants.Asked asked)
      throws SQLException {
    UUID before = asked.before() == null ? LAST : asked.before();
    String pattern = pattern(asked.text());
    int limit = asked.limit() + 1;
    return asked.mine()
        ? Reads.all(connection, OWN, Assistant::read, userId, before, pattern, pattern, limit)
        : Reads.all(
            connection,
            OWN_AND_PUBLIC,
            Assistant::read,
            userId,
            before,
            pattern,
            pattern,
            limit,
            userId,
            before,
            pattern,
            pattern,
            limit,
            limit);
  }

  private static String pattern(String text) {
    return text == null ? "%" : '%' + text.replaceAll("[\\\\%_]", "\\\\$0") + '%';
  }

  static int countOf(Connection connection, String ownerId) throws SQLException {
    Reads.first(connection, LOCK_OWNER, rows -> true, ownerId);
    return Reads.first(connection, COUNT, rows -> rows.getInt("count"), ownerId).orElse(0);
  }

  static void insert(Connection connection, Assistant assistant) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      int next = bind(connection, insert, assistant);
      insert.setObject(next, Instants.parameter(assistant.createdAt()));
      insert.executeUpdate();
    }
  }

  static void update(Connection connection, Assistant assistant) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
      bind(connection, update, assistant);
      update.executeUpdate();
    }
  }

  private static int bind(Connection connection, PreparedStatement statement, Assistant assistant)
      throws SQLException {
    statement.setString(1, assistant.ownerId());
    statement.setString(2, assistant.ownerName());
    statement.setString(3, assistant.name());
    statement.setString(4, assistant.avatar());
    statement.setString(5, assistant.description());
    statement.setString(6, SettingsJson.write(assistant.settings()));
    statement.setArray(7, connection.createArrayOf("text", assistant.starterQuestions().toArray()));
    statement.setBoolean(8, assistant.isPublic());
    statement.setObject(9, Instants.parameter(assistant.updatedAt()));
    statement.setObject(10, assistant.id());
    return 11;
  }

  static void delete(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setObject(1, id);
      delete.executeUpdate();
    }
  }
}

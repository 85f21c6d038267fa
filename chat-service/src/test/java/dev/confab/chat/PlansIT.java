package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is looked for among all conversations or assistants is found by an index. */
@QuarkusTest
@QuarkusTestResource(TestTokens.class)
class PlansIT {
  private static final UUID ID = UUID.randomUUID();

  // With a handful of rows any plan is as good as another.
  private static final String MANY =
      "INSERT INTO conversations (id, kind, owner, settings, history, created_at, updated_at)"
          + " SELECT gen_random_uuid(), 'assistant', 'assistant',"
          + " jsonb_build_object('model', 'm' || n % 100), gen_random_uuid(), now(), now()"
          + " FROM generate_series(1, 20000) AS n;"
          + "INSERT INTO assistants (id, owner_id, name, settings, starter_questions, is_public,"
          + " created_at, updated_at) SELECT gen_random_uuid(), 'u' || n % 100, 'A', '{}', '{}',"
          + " n % 50 = 0, now(), now() FROM generate_series(1, 20000) AS n;"
          + "ANALYZE conversations; ANALYZE assistants";

  @Inject AgroalDataSource dataSource;

  private String plan(String query, Object... parameters) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement many = connection.createStatement()) {
        many.execute(MANY);
        return explain(connection, query, parameters);
      } finally {
        connection.rollback();
      }
    }
  }

  private static String explain(Connection connection, String query, Object... parameters)
      throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (PreparedStatement statement = connection.prepareStatement("EXPLAIN " + query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          plan.append(rows.getString(1)).append('\n');
        }
      }
    }
    return plan.toString();
  }

  @Test
  void conversationsOfAModel() throws SQLException {
    String plan =
        plan(
            "SELECT c.id FROM conversations c WHERE c.settings ->> 'model' = ?"
                + " AND c.settings ->> 'model' IS NOT NULL AND c.deleted_at IS NULL"
                + " AND c.id > ? ORDER BY c.id LIMIT ?",
            "small",
            ID,
            50);

    assertThat(plan).contains("conversations_by_model").doesNotContain("Seq Scan");
  }

  @Test
  void silentOperators() throws SQLException {
    String plan =
        plan(
            "SELECT c.id FROM conversations c WHERE c.answer_by < clock_timestamp()"
                + " ORDER BY c.answer_by LIMIT ?",
            50);

    assertThat(plan).contains("conversations_answer_by").doesNotContain("Seq Scan");
  }

  @Test
  void operatorsAtWork() throws SQLException {
    String plan =
        plan(
            "SELECT DISTINCT c.operator_id FROM conversations c"
                + " WHERE c.operator_id IS NOT NULL");

    assertThat(plan).contains("conversations_by_operator").doesNotContain("Seq Scan");
  }

  @Test
  void assistantsOfAUser() throws SQLException {
    String plan =
        plan(
            "SELECT a.id FROM assistants a WHERE a.owner_id = ? AND a.id < ?"
                + " AND a.name ILIKE ? ORDER BY a.id DESC LIMIT ?",
            "u1",
            ID,
            "%",
            50);

    assertThat(plan).contains("assistants_by_owner").doesNotContain("Seq Scan");
  }

  @Test
  void publicAssistants() throws SQLException {
    String plan =
        plan(
            "SELECT a.id FROM assistants a WHERE a.is_public AND a.owner_id <> ?"
                + " AND a.id < ? AND a.name ILIKE ? ORDER BY a.id DESC LIMIT ?",
            "u1",
            ID,
            "%",
            50);

    assertThat(plan).contains("assistants_public").doesNotContain("Seq Scan");
  }
}

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
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is looked for among all conversations or assistants is found by an index. */
@QuarkusTest
@QuarkusTestResource(TestTokens.class)
class PlansIT {
  private static final UUID ID = UUID.randomUUID();

  @Inject AgroalDataSource dataSource;

  private String plan(String query, Object... parameters) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement("EXPLAIN " + query)) {
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

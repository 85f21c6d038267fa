package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** What is looked for among all conversations or assistants is found by an index. */
@QuarkusTest
@QuarkusTestResource(TestTokens.class)
class PlansIT {
  @Inject AgroalDataSource dataSource;

  private String plan(String query) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("EXPLAIN (GENERIC_PLAN) " + query)) {
      while (rows.next()) {
        plan.append(rows.getString(1)).append('\n');
      }
    }
    return plan.toString();
  }

  @Test
  void conversationsOfAModel() throws SQLException {
    String plan =
        plan(
            "SELECT c.id FROM conversations c WHERE c.settings ->> 'model' = $1"
                + " AND c.settings ->> 'model' IS NOT NULL AND c.deleted_at IS NULL"
                + " AND c.id > $2 ORDER BY c.id LIMIT $3");

    assertThat(plan).contains("conversations_by_model").doesNotContain("Seq Scan", "Sort");
  }

  @Test
  void assistantsOfAUser() throws SQLException {
    String plan =
        plan(
            "SELECT a.id FROM assistants a WHERE a.owner_id = $1 AND a.id < $2"
                + " AND a.name ILIKE $3 ORDER BY a.id DESC LIMIT $4");

    assertThat(plan).contains("assistants_by_owner").doesNotContain("Seq Scan", "Sort");
  }

  @Test
  void publicAssistants() throws SQLException {
    String plan =
        plan(
            "SELECT a.id FROM assistants a WHERE a.is_public AND a.owner_id <> $1"
                + " AND a.id < $2 AND a.name ILIKE $3 ORDER BY a.id DESC LIMIT $4");

    assertThat(plan).contains("assistants_public").doesNotContain("Seq Scan", "Sort");
  }
}

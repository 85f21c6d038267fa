package dev.confab.chat.ledger;

import dev.confab.chat.ledger.Reads.Query;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;

/** Changing what belongs to no conversation: nothing is numbered, and nothing leaves. */
@ApplicationScoped
public class Writes {
  private final AgroalDataSource dataSource;

  Writes(AgroalDataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Runs one transaction.
   *
   * @throws StorageException if the database failed; then nothing has changed
   */
  public <T> T run(Query<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.run(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    } catch (SQLException e) {
      throw new StorageException(e);
    }
  }
}

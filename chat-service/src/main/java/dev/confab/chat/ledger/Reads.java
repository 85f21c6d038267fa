package dev.confab.chat.ledger;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reading without locks. */
@ApplicationScoped
public class Reads {
  /** Something to read on a connection. */
  public interface Query<T> {
    /** Reads it. */
    T run(Connection connection) throws SQLException;
  }

  /** Makes a value of the row under the cursor. */
  public interface Row<T> {
    /** Reads it. */
    T read(ResultSet rows) throws SQLException;
  }

  private static final String SNAPSHOT =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

  private final AgroalDataSource dataSource;

  Reads(AgroalDataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Reads what needs no more than each statement's own snapshot. */
  public <T> T plain(Query<T> query) {
    try (Connection connection = dataSource.getConnection()) {
      return query.run(connection);
    } catch (SQLException e) {
      throw new StorageException(e);
    }
  }

  /** Reads several things as they stood at one moment. */
  public <T> T snapshot(Query<T> query) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement begin = connection.createStatement()) {
        begin.execute(SNAPSHOT);
        return query.run(connection);
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new StorageException(e);
    }
  }

  /** All rows of a query. */
  public static <T> List<T> all(Connection connection, String sql, Row<T> row, Object... parameters)
      throws SQLException {
    List<T> all = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        if (parameters[i] instanceof Array array) {
          statement.setArray(i + 1, array);
        } else {
          statement.setObject(i + 1, parameters[i]);
        }
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          all.add(row.read(rows));
        }
      }
    }
    return all;
  }

  /** The first row of a query. */
  public static <T> Optional<T> first(
      Connection connection, String sql, Row<T> row, Object... parameters) throws SQLException {
    return all(connection, sql, row, parameters).stream().findFirst();
  }
}

package dev.confab.chat.ledger;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Several statements sent at once: one round trip, however many there are. */
final class Statements {
  /** Takes in the rows of one statement. */
  interface Rows {
    void read(ResultSet rows) throws SQLException;
  }

  private final Connection connection;
  private final StringBuilder sql = new StringBuilder();
  private final List<Object> parameters = new ArrayList<>();
  private final List<Rows> readers = new ArrayList<>();

  Statements(Connection connection) {
    this.connection = connection;
  }

  /** Adds a query; its parameters follow. */
  Statements query(String text, Rows reader) {
    append(text);
    readers.add(reader);
    return this;
  }

  /** Adds a change; its parameters follow. */
  Statements change(String text) {
    append(text);
    readers.add(null);
    return this;
  }

  private void append(String text) {
    if (!sql.isEmpty()) {
      sql.append(';');
    }
    sql.append(text);
  }

  /** A parameter of the statement added last. */
  Statements with(Object parameter) {
    parameters.add(parameter);
    return this;
  }

  /** An array parameter: one column of all rows. */
  <T> Statements with(String type, Collection<T> rows, Function<T, ?> column) throws SQLException {
    Object[] values = new Object[rows.size()];
    int i = 0;
    for (T row : rows) {
      values[i++] = column.apply(row);
    }
    parameters.add(connection.createArrayOf(type, values));
    return this;
  }

  boolean isEmpty() {
    return readers.isEmpty();
  }

  /** Sends all and reads all answers. */
  void run() throws SQLException {
    if (isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
      for (int i = 0; i < parameters.size(); i++) {
        bind(statement, i + 1, parameters.get(i));
      }
      statement.execute();
      for (int i = 0; i < readers.size(); i++) {
        if (i > 0) {
          statement.getMoreResults();
        }
        read(statement, readers.get(i));
      }
    }
  }

  private static void bind(PreparedStatement statement, int index, Object value)
      throws SQLException {
    if (value instanceof Array array) {
      statement.setArray(index, array);
    } else if (value instanceof byte[] bytes) {
      statement.setBytes(index, bytes);
    } else {
      statement.setObject(index, value);
    }
  }

  private static void read(PreparedStatement statement, Rows reader) throws SQLException {
    if (reader == null) {
      return;
    }
    try (ResultSet rows = statement.getResultSet()) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }
}

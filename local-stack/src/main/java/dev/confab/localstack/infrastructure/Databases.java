package dev.confab.localstack.infrastructure;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/** Makes what the services need in a PostgreSQL server: a database and a user for each. */
final class Databases {
  private static final int TIMEOUT_SECONDS = 2;

  private final DatabaseAccess administrator;

  Databases(DatabaseAccess administrator) {
    this.administrator = administrator;
  }

  /**
   * @param name of the database and of its owner
   */
  record Database(String name, String password) {}

  /** Makes what is missing; passwords are set each time, so that they are the kept ones. */
  void ensure(List<Database> databases) throws SQLException {
    try (Connection connection = connect()) {
      for (Database database : databases) {
        ensureOwner(connection, database);
        if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", database.name())) {
          run(connection, "CREATE DATABASE %1$s OWNER %1$s".formatted(database.name()));
        }
      }
    }
  }

  /** Makes missing databases, owned by the connecting user. */
  void ensureExist(List<String> names) throws SQLException {
    try (Connection connection = connect()) {
      for (String name : names) {
        if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
          run(connection, "CREATE DATABASE \"" + name.replace("\"", "\"\"") + "\"");
        }
      }
    }
  }

  private static void ensureOwner(Connection connection, Database database) throws SQLException {
    String verb =
        exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", database.name())
            ? "ALTER"
            : "CREATE";
    run(
        connection,
        "%s ROLE %s LOGIN PASSWORD '%s'".formatted(verb, database.name(), database.password()));
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", administrator.user());
    properties.setProperty("password", administrator.password());
    properties.setProperty("connectTimeout", Integer.toString(TIMEOUT_SECONDS));
    properties.setProperty("loginTimeout", Integer.toString(TIMEOUT_SECONDS));
    return DriverManager.getConnection(administrator.jdbcUrl(), properties);
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

package dev.confab.chat.conversation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Points in time between Java and PostgreSQL's {@code timestamptz}. */
public final class Instants {
  private Instants() {}

  /** Reads a column, null for SQL's null. */
  public static Instant read(ResultSet rows, String column) throws SQLException {
    OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** What the driver takes for a parameter, null for null. */
  public static OffsetDateTime parameter(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}

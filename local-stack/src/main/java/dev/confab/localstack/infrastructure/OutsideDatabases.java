package dev.confab.localstack.infrastructure;

import dev.confab.localstack.process.StackFailure;
import java.sql.SQLException;
import java.util.List;

/** Makes the services' databases on a server that runs elsewhere. */
public final class OutsideDatabases {
  private OutsideDatabases() {}

  /**
   * Makes what is missing, connected to the first of these databases that lets one in.
   *
   * @throws StackFailure when none does, or the user may not make databases
   */
  public static void ensure(List<DatabaseAccess> entrances, List<String> databases) {
    SQLException last = null;
    for (DatabaseAccess entrance : entrances) {
      try {
        new Databases(entrance).ensureExist(databases);
        return;
      } catch (SQLException e) {
        last = e;
      }
    }
    throw new StackFailure(
        "PostgreSQL at "
            + entrances.getFirst().jdbcUrl()
            + ": "
            + (last == null ? "" : last.getMessage()),
        "check address and password, and make the databases " + String.join(" and ", databases),
        last);
  }
}

package dev.confab.chat.ledger;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/** The database did not do what was asked; nothing was changed. */
public final class StorageException extends RuntimeException {
  /** Connection trouble, resources, operator intervention, system errors, lost races. */
  private static final Set<String> TRANSIENT_CLASSES = Set.of("08", "40", "53", "55", "57", "58");

  private final boolean transientFailure;

  StorageException(SQLException cause) {
    super("the database failed: " + cause.getSQLState(), cause);
    this.transientFailure = isTransient(cause);
  }

  /** Whether the same may succeed later. */
  public boolean isTransient() {
    return transientFailure;
  }

  private static boolean isTransient(SQLException cause) {
    String state = cause.getSQLState();
    return cause instanceof SQLTransientException
        || cause instanceof SQLRecoverableException
        || state == null
        || state.length() < 2
        || TRANSIENT_CLASSES.contains(state.substring(0, 2));
  }
}

package dev.confab.chat.ledger;

import dev.confab.chat.outbox.BatchBytes;
import dev.confab.chat.outbox.Outbox;
import dev.confab.chat.outbox.OutboxBatch;
import dev.confab.chat.outbox.OutboxRecord;
import dev.confab.chat.outbox.RecordWriter;
import dev.confab.chat.reply.CompletionRequests;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Runs ledgers: locks, looks up, decides, writes, commits, and hands what leaves to the outbox. A
 * ledger costs two round trips, the second one with the commit in it (one more where a reply is
 * opened), whatever its size.
 */
@ApplicationScoped
public class Ledgers {
  /** What a transaction does on its connection before the locks are taken. */
  public interface Preparation {
    /** Runs in the transaction. */
    void run(Connection connection) throws SQLException;
  }

  private static final String INSERT_OUTBOX =
      "INSERT INTO outbox (records) VALUES (?) RETURNING id";

  private final AgroalDataSource dataSource;
  private final RecordWriter writer;
  private final CompletionRequests requests;
  private final Outbox outbox;

  Ledgers(
      AgroalDataSource dataSource,
      RecordWriter writer,
      CompletionRequests requests,
      Outbox outbox) {
    this.dataSource = dataSource;
    this.writer = writer;
    this.requests = requests;
    this.outbox = outbox;
  }

  /**
   * Decides in one transaction.
   *
   * @throws StorageException if the database failed; then nothing has changed
   */
  public <T> T write(Lookup lookup, Function<Ledger, T> decide) {
    return write(connection -> {}, lookup, decide);
  }

  /** As {@link #write(Lookup, Function)}, after something that must exist before the look-up. */
  public <T> T write(Preparation before, Lookup lookup, Function<Ledger, T> decide) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      T result;
      OutboxBatch batch;
      try {
        before.run(connection);
        Ledger ledger = new Ledger(writer);
        LedgerReader.read(connection, lookup, ledger);
        result = decide.apply(ledger);
        batch = flush(connection, ledger);
        connection.commit();
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
      if (batch != null) {
        outbox.dispatch(batch);
      }
      return result;
    } catch (SQLException e) {
      throw new StorageException(e);
    }
  }

  /** Lets records leave that change nothing in the database. */
  public void send(List<OutboxRecord> records) {
    try (Connection connection = dataSource.getConnection()) {
      List<Long> id = new ArrayList<>(1);
      outboxRow(new Statements(connection), records, id).run();
      outbox.dispatch(new OutboxBatch(id.get(0), records));
    } catch (SQLException e) {
      throw new StorageException(e);
    }
  }

  private OutboxBatch flush(Connection connection, Ledger ledger) throws SQLException {
    Statements statements = new Statements(connection);
    LedgerWriter.write(statements, ledger);
    List<OutboxRecord> records = ledger.records();
    if (!ledger.orders().isEmpty()) {
      // The history is read with the new messages in it.
      statements.run();
      statements = new Statements(connection);
      requests.read(connection, ledger.orders()).stream()
          .map(writer::request)
          .forEach(records::add);
    }
    ledger.changedDialogs().map(writer::event).forEach(records::add);
    List<Long> id = new ArrayList<>(1);
    if (!records.isEmpty()) {
      outboxRow(statements, records, id);
    }
    if (!statements.isEmpty()) {
      statements.change("COMMIT").run();
    }
    return id.isEmpty() ? null : new OutboxBatch(id.get(0), records);
  }

  private static Statements outboxRow(
      Statements statements, List<OutboxRecord> records, List<Long> id) {
    return statements
        .query(INSERT_OUTBOX, rows -> id.add(rows.getLong("id")))
        .with(BatchBytes.write(records));
  }
}

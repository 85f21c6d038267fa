package dev.confab.chat.outbox;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.schema.Rounds;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Sends what a crash or a dead broker left behind; any replica does, none twice at a time. */
@ApplicationScoped
public class OutboxSweeper {
  private static final Logger LOG = Logger.getLogger(OutboxSweeper.class);
  private static final Exception RESTING = new IllegalStateException("the broker is away");
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final String LEFT_BEHIND =
      "SELECT id, records FROM outbox WHERE created_at < now() - ? * interval '1 millisecond'"
          + " AND id <> ALL (?) ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED";
  private static final String DELETE = "DELETE FROM outbox WHERE id = ANY(?)";
  private static final String BACKLOG =
      "SELECT count(*) FROM (SELECT 1 FROM outbox LIMIT 100000) b";

  private final ChatConfig.Outbox config;
  private final Outbox outbox;
  private final RecordSender sender;
  private final AgroalDataSource dataSource;
  private final Rounds rounds;
  private final AtomicLong backlog;

  OutboxSweeper(
      ChatConfig config,
      Outbox outbox,
      RecordSender sender,
      AgroalDataSource dataSource,
      Rounds rounds,
      MeterRegistry metrics) {
    this.config = config.outbox();
    this.outbox = outbox;
    this.sender = sender;
    this.dataSource = dataSource;
    this.rounds = rounds;
    this.backlog = metrics.gauge("confab.outbox.backlog", new AtomicLong());
  }

  void start(@Observes StartupEvent ignored) {
    rounds.every("outbox-sweeper", EVERY, this::sweep);
  }

  private void sweep() throws SQLException, InterruptedException {
    backlog.set(count());
    while (backlog.get() > 0 && sender.isWorthTrying() && resend() == config.resendRows()) {
      LOG.debug("event=outbox_more_left_behind");
    }
  }

  private long count() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(BACKLOG);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private int resend() throws SQLException, InterruptedException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        List<Long> sent = send(leftBehind(connection));
        delete(connection, sent);
        connection.commit();
        return sent.size();
      } catch (SQLException | RuntimeException | InterruptedException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private List<OutboxBatch> leftBehind(Connection connection) throws SQLException {
    List<OutboxBatch> batches = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(LEFT_BEHIND)) {
      statement.setLong(1, config.resendAfter().toMillis());
      statement.setArray(2, connection.createArrayOf("bigint", outbox.inFlight()));
      statement.setInt(3, config.resendRows());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          batches.add(
              new OutboxBatch(rows.getLong("id"), BatchBytes.read(rows.getBytes("records"))));
        }
      }
    }
    return batches;
  }

  /** Sends all at once and waits for the acknowledgements. */
  private List<Long> send(List<OutboxBatch> batches) throws InterruptedException {
    Set<Long> failed = ConcurrentHashMap.newKeySet();
    CountDownLatch open =
        new CountDownLatch(batches.stream().mapToInt(b -> b.records().size()).sum());
    for (OutboxBatch batch : batches) {
      for (OutboxRecord each : batch.records()) {
        if (sender.isWorthTrying()) {
          sender.send(each, failure -> settle(batch, failure, failed, open));
        } else {
          settle(batch, RESTING, failed, open);
        }
      }
    }
    long patienceMs = config.deliveryTimeout().toMillis() + 1_000;
    boolean all = open.await(patienceMs, TimeUnit.MILLISECONDS);
    return all
        ? batches.stream().map(OutboxBatch::id).filter(id -> !failed.contains(id)).toList()
        : List.of();
  }

  private static void settle(
      OutboxBatch batch, Exception failure, Set<Long> failed, CountDownLatch open) {
    if (failure != null) {
      failed.add(batch.id());
    }
    open.countDown();
  }

  private void delete(Connection connection, List<Long> ids) throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    LOG.infof("event=outbox_resent rows=%d", ids.size());
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
      delete.executeUpdate();
    }
  }
}

package dev.confab.chat.outbox;

import dev.confab.chat.ChatConfig;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Sends committed batches at once and deletes the rows of those that Kafka acknowledged. What
 * cannot be sent now stays in its row for {@link OutboxSweeper}.
 */
@ApplicationScoped
public class Outbox {
  private static final Logger LOG = Logger.getLogger(Outbox.class);
  private static final String DELETE = "DELETE FROM outbox WHERE id = ANY(?)";
  private static final int MAX_DELETED = 5_000;

  private final ChatConfig.Outbox config;
  private final RecordSender sender;
  private final AgroalDataSource dataSource;
  private final BlockingQueue<OutboxBatch> waiting;
  private final Set<Long> inFlight = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<Long> acknowledged = new ConcurrentLinkedQueue<>();
  private volatile boolean stopping;
  private volatile Thread sending;
  private volatile Thread deleting;

  Outbox(
      ChatConfig config, RecordSender sender, AgroalDataSource dataSource, MeterRegistry metrics) {
    this.config = config.outbox();
    this.sender = sender;
    this.dataSource = dataSource;
    this.waiting = new ArrayBlockingQueue<>(config.outbox().queue());
    metrics.gauge("confab.outbox.in_flight", inFlight, Set::size);
  }

  void start(@Observes StartupEvent ignored) {
    sending = Thread.ofPlatform().name("outbox-sender").start(this::sendAll);
    deleting = Thread.ofPlatform().name("outbox-deleter").start(this::deleteAll);
  }

  void stop(@Observes ShutdownEvent ignored) {
    stopping = true;
    join(sending);
    sender.close();
    join(deleting);
    deleteAcknowledged();
  }

  /**
   * Sends a committed batch: at once while the broker is there, else from the sender's thread.
   * Waits for half a second at most, when the broker has just gone.
   */
  public void dispatch(OutboxBatch batch) {
    inFlight.add(batch.id());
    if (waiting.isEmpty() && sender.isWorthTrying()) {
      send(batch);
    } else if (!waiting.offer(batch)) {
      inFlight.remove(batch.id());
    }
  }

  /** Rows that are being sent by this replica right now. */
  Long[] inFlight() {
    return inFlight.toArray(Long[]::new);
  }

  private void sendAll() {
    while (!stopping || !waiting.isEmpty()) {
      try {
        OutboxBatch batch = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (batch != null) {
          sender.awaitRest();
          send(batch);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.errorf(e, "event=outbox_send_failed");
      }
    }
  }

  private void send(OutboxBatch batch) {
    AtomicInteger open = new AtomicInteger(batch.records().size());
    Set<Exception> failures = ConcurrentHashMap.newKeySet();
    for (OutboxRecord each : batch.records()) {
      sender.send(
          each,
          failure -> {
            if (failure != null) {
              failures.add(failure);
            }
            if (open.decrementAndGet() == 0) {
              settle(batch, failures.isEmpty());
            }
          });
    }
  }

  private void settle(OutboxBatch batch, boolean sent) {
    if (sent) {
      acknowledged.add(batch.id());
    } else {
      inFlight.remove(batch.id());
    }
  }

  private void deleteAll() {
    while (!stopping) {
      try {
        Thread.sleep(config.deleteEvery());
      } catch (InterruptedException e) {
        return;
      }
      deleteAcknowledged();
    }
  }

  private void deleteAcknowledged() {
    List<Long> ids = new ArrayList<>();
    for (Long id = acknowledged.poll(); id != null; id = next(ids)) {
      ids.add(id);
    }
    if (ids.isEmpty()) {
      return;
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
      delete.executeUpdate();
    } catch (SQLException e) {
      LOG.warnf("event=outbox_delete_failed rows=%d error=%s", ids.size(), e.getSQLState());
    }
    // Rows that could not be deleted are sent once more by the sweeper, and deleted then.
    ids.forEach(inFlight::remove);
  }

  private Long next(List<Long> ids) {
    return ids.size() < MAX_DELETED ? acknowledged.poll() : null;
  }

  private static void join(Thread thread) {
    if (thread == null) {
      return;
    }
    try {
      thread.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.confab.auth.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * The way out: one thread per replica that drains the outbox, woken by each commit that added to it
 * and every two seconds for what another replica left behind.
 */
@ApplicationScoped
public class OutboxSender {
  private static final Logger LOG = Logger.getLogger(OutboxSender.class);
  private static final int BATCH = 100;
  private static final long SWEEP_SECONDS = 2;

  private final AuthEvents topic;
  private final Semaphore wake = new Semaphore(0);
  private final AtomicInteger unsent = new AtomicInteger();
  private volatile boolean running = true;
  private boolean away;
  private Thread thread;

  OutboxSender(AuthEvents topic, MeterRegistry meters) {
    this.topic = topic;
    meters.gauge("confab.auth.outbox.unsent", unsent);
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofVirtual().name("outbox").start(this::run);
  }

  void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) Outbox.Added added) {
    wake.release();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    running = false;
    wake.release();
    thread.join(TimeUnit.SECONDS.toMillis(3));
    topic.close();
  }

  private void run() {
    while (running) {
      try {
        while (running && drain() == BATCH) {
          // A full batch: there may be more.
        }
        back();
      } catch (RuntimeException e) {
        reportAway(e);
      }
      await();
    }
  }

  /** No transaction is open while the broker is waited for; replicas may send the same row. */
  private int drain() {
    var rows = QuarkusTransaction.requiringNew().call(() -> OutboxRow.oldest(BATCH));
    unsent.set(rows.size());
    topic.send(rows);
    if (!rows.isEmpty()) {
      QuarkusTransaction.requiringNew().run(() -> OutboxRow.deleteAll(rows));
      unsent.set(0);
    }
    return rows.size();
  }

  private void await() {
    try {
      if (wake.tryAcquire(SWEEP_SECONDS, TimeUnit.SECONDS)) {
        wake.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }

  private void reportAway(RuntimeException failure) {
    if (!away && running) {
      away = true;
      LOG.warnf("event=outbox_waiting unsent=%d reason=%s", unsent.get(), failure.toString());
    }
  }

  private void back() {
    if (away) {
      away = false;
      LOG.info("event=outbox_resumed");
    }
  }
}

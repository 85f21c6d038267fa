package dev.confab.ai.kafka;

import dev.confab.ai.AiConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** Looks now and then whether the broker answers. */
@ApplicationScoped
public class BrokerWatch {
  private static final Logger LOG = Logger.getLogger(BrokerWatch.class);

  private final KafkaSettings settings;
  private final Duration interval;
  private volatile boolean reachable;
  private volatile Thread watcher;

  BrokerWatch(KafkaSettings settings, AiConfig config) {
    this.settings = settings;
    this.interval = config.kafka().checkInterval();
  }

  void start(@Observes StartupEvent ignored) {
    watcher = Thread.ofVirtual().name("broker-watch").start(this::watch);
  }

  /** Whether the broker answered when last asked. */
  public boolean isReachable() {
    return reachable;
  }

  private void watch() {
    try (Admin admin = Admin.create(settings.admin())) {
      while (!Thread.currentThread().isInterrupted()) {
        note(asks(admin));
        Thread.sleep(interval);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (KafkaException e) {
      LOG.error("event=broker_watch_failed", e);
    }
  }

  private boolean asks(Admin admin) throws InterruptedException {
    try {
      return !admin.describeCluster().nodes().get(3, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  private void note(boolean now) {
    if (now != reachable) {
      LOG.infof("event=broker reachable=%s", now);
    }
    reachable = now;
  }

  @PreDestroy
  void stop() {
    if (watcher != null) {
      watcher.interrupt();
    }
  }
}

package dev.confab.gateway.connection;

import dev.confab.gateway.fanout.V1Frames;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Says goodbye: no socket opens any more, every client is told to reconnect at a random moment, and
 * whoever has not left in time is closed with 1012.
 */
@ApplicationScoped
class Drain {
  private static final Logger LOG = Logger.getLogger(Drain.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final ConnectionConfig.Drain config;
  private final Connections connections;

  Drain(ConnectionConfig config, Connections connections) {
    this.config = config.drain();
    this.connections = connections;
  }

  // At the usual shutdown event the server is closed already; at this one everything still works.
  void stop(
      @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownDelayInitiatedEvent event)
      throws InterruptedException {
    int open = connections.all().size();
    connections.beginDraining();
    if (open == 0) {
      return;
    }
    long start = System.nanoTime();
    long spread = Math.max(1, config.spread().toMillis());
    for (Connection connection : connections.all()) {
      connection
          .subscriber()
          .send(V1Frames.reconnect(ThreadLocalRandom.current().nextLong(spread)));
    }
    awaitEmpty(config.grace());
    int left = connections.all().size();
    connections.all().forEach(connection -> connection.close(CloseCode.RESTART));
    awaitEmpty(FAREWELL);
    // Clients that do not answer a close frame are left while this side can still account for them.
    connections.all().forEach(Connection::abandon);
    awaitEmpty(FAREWELL);
    LOG.infof(
        "event=drained connections=%d closed=%d duration_ms=%d",
        open, left, Duration.ofNanos(System.nanoTime() - start).toMillis());
  }

  private void awaitEmpty(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!connections.all().isEmpty() && System.nanoTime() - end < 0) {
      Thread.sleep(LOOK_EVERY);
    }
  }
}

package dev.confab.gateway.health;

import dev.confab.gateway.security.SecurityConfig;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The broker answers. Asked at most once a second, however often the probe is. */
@Readiness
@ApplicationScoped
class KafkaCheck implements HealthCheck {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration REMEMBERED = Duration.ofSeconds(1);

  private final SecurityConfig config;
  private Admin admin;
  private boolean up;
  private long askedAt = System.nanoTime() - REMEMBERED.toNanos();

  KafkaCheck(SecurityConfig config) {
    this.config = config;
  }

  @Override
  public synchronized HealthCheckResponse call() {
    if (System.nanoTime() - askedAt >= REMEMBERED.toNanos()) {
      up = answers();
      askedAt = System.nanoTime();
    }
    return HealthCheckResponse.named("kafka").status(up).build();
  }

  private boolean answers() {
    try {
      admin().describeCluster().clusterId().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      return false;
    }
  }

  private Admin admin() {
    if (admin == null) {
      admin =
          Admin.create(
              Map.of(
                  AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                  config.kafka(),
                  AdminClientConfig.CLIENT_ID_CONFIG,
                  "gateway-health",
                  AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                  (int) TIMEOUT.toMillis(),
                  AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                  (int) TIMEOUT.toMillis()));
    }
    return admin;
  }

  synchronized void stop(@Observes ShutdownEvent event) {
    if (admin != null) {
      admin.close(TIMEOUT);
    }
  }
}

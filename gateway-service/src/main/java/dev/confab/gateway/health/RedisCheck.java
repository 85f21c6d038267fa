package dev.confab.gateway.health;

import dev.confab.gateway.fanout.Fanout;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Redis carries frames in both directions. */
@Readiness
@ApplicationScoped
class RedisCheck implements HealthCheck {
  private final Fanout fanout;

  RedisCheck(Fanout fanout) {
    this.fanout = fanout;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("redis").status(fanout.isRedisUp()).build();
  }
}

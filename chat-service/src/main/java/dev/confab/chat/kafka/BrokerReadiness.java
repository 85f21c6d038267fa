package dev.confab.chat.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the broker answers. */
@Readiness
@ApplicationScoped
class BrokerReadiness implements HealthCheck {
  private final Broker broker;

  BrokerReadiness(Broker broker) {
    this.broker = broker;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("kafka").status(broker.isReachable()).build();
  }
}

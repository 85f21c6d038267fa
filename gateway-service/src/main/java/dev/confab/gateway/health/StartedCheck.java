package dev.confab.gateway.health;

import dev.confab.gateway.security.Revocations;
import dev.confab.gateway.security.SigningKeys;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Tokens can be judged: keys were read once, and so was every revoked session. */
@Startup
@Readiness
@ApplicationScoped
class StartedCheck implements HealthCheck {
  private final SigningKeys keys;
  private final Revocations revocations;

  StartedCheck(SigningKeys keys, Revocations revocations) {
    this.keys = keys;
    this.revocations = revocations;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("tokens")
        .withData("keys", keys.loaded())
        .withData("revocations", revocations.loaded())
        .status(keys.loaded() && revocations.loaded())
        .build();
  }
}

package dev.confab.auth.token;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Without a key no token can be signed or read. */
@Startup
@Readiness
@ApplicationScoped
class KeysLoaded implements HealthCheck {
  private final SigningKeys keys;

  KeysLoaded(SigningKeys keys) {
    this.keys = keys;
  }

  @Override
  public HealthCheckResponse call() {
    var ring = keys.published();
    return HealthCheckResponse.named("signing keys").status(ring != null).build();
  }
}

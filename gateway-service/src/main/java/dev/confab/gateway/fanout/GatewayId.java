package dev.confab.gateway.fanout;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Name of this replica, new at each start, so that no late answer finds the wrong process. */
@ApplicationScoped
public class GatewayId {
  private final String value = UUID.randomUUID().toString();

  /** The id. */
  public String value() {
    return value;
  }
}

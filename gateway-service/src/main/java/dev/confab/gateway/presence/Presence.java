package dev.confab.gateway.presence;

import dev.confab.contracts.presence.PresenceChanged;
import dev.confab.gateway.fanout.Attendance;
import dev.confab.gateway.fanout.Fanout;
import dev.confab.gateway.fanout.FanoutConfig;
import dev.confab.gateway.fanout.GatewayId;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.Collection;
import java.util.List;

/** Tells of the users of this replica, and of anybody's presence. Nothing here blocks. */
@ApplicationScoped
public class Presence implements Attendance {
  private final Vertx vertx;
  private final PresenceConfig config;
  private final FanoutConfig fanoutConfig;
  private final GatewayId gatewayId;
  private final Fanout fanout;
  private Roster roster;

  Presence(
      Vertx vertx,
      PresenceConfig config,
      FanoutConfig fanoutConfig,
      GatewayId gatewayId,
      Fanout fanout) {
    this.vertx = vertx;
    this.config = config;
    this.fanoutConfig = fanoutConfig;
    this.gatewayId = gatewayId;
    this.fanout = fanout;
  }

  void start(@Observes @Priority(Interceptor.Priority.APPLICATION + 10) StartupEvent event) {
    roster = new Roster(vertx, config, fanoutConfig.redis(), gatewayId.value());
    fanout.attendance(this);
  }

  void stop(@Observes ShutdownEvent event) {
    roster.close();
  }

  /** A user has their first connection here. */
  public void came(String userId) {
    roster.came(userId);
  }

  /** A user's last connection here is gone. */
  public void left(String userId) {
    roster.left(userId);
  }

  @Override
  public Future<List<PresenceChanged>> of(Collection<String> userIds) {
    return roster.of(userIds);
  }
}

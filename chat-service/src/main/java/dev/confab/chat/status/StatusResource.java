package dev.confab.chat.status;

import dev.confab.chat.kafka.Broker;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.ledger.StorageException;
import dev.confab.chat.model.Models;
import dev.confab.chat.model.Models.ProviderState;
import io.quarkus.redis.datasource.RedisDataSource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;

/** What works now: up or down, and nothing about why. */
@Path("/api/v1/status")
@PermitAll
@RunOnVirtualThread
public class StatusResource {
  private static final String UP = "up";
  private static final String DOWN = "down";

  /**
   * What works.
   *
   * @param models {@code up} when any model is known, else {@code unknown}
   * @param providers each LLM provider, as far as ai-service has told lately
   */
  public record Status(
      String database, String broker, String cache, String models, List<ProviderState> providers) {}

  private final Reads reads;
  private final Broker broker;
  private final RedisDataSource redis;
  private final Models models;

  StatusResource(Reads reads, Broker broker, RedisDataSource redis, Models models) {
    this.reads = reads;
    this.broker = broker;
    this.redis = redis;
    this.models = models;
  }

  /** Asks each part. */
  @GET
  public Status status() {
    return new Status(
        database(),
        broker.isReachable() ? UP : DOWN,
        cache(),
        models.isKnown() ? UP : "unknown",
        models.providers());
  }

  private String database() {
    try {
      return reads.plain(c -> Reads.first(c, "SELECT 1", rows -> UP)).orElse(DOWN);
    } catch (StorageException e) {
      return DOWN;
    }
  }

  private String cache() {
    try {
      redis.execute("PING");
      return UP;
    } catch (RuntimeException e) {
      return DOWN;
    }
  }
}

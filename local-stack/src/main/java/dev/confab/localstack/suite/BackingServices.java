package dev.confab.localstack.suite;

import dev.confab.localstack.configuration.OutsidePostgres;
import dev.confab.localstack.configuration.OutsideServices;
import dev.confab.localstack.infrastructure.DatabaseAccess;
import dev.confab.localstack.infrastructure.Infrastructure;
import dev.confab.localstack.process.Part;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL, Redis and Kafka as the services reach them, here or outside. */
final class BackingServices {
  private final Infrastructure local;
  private final OutsideServices outside;

  BackingServices(Infrastructure local, OutsideServices outside) {
    this.local = local;
    this.outside = outside;
  }

  /** Those to be started here. */
  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    if (outside.postgres().isEmpty()) {
      parts.add(local.postgres());
    }
    if (outside.redis().isEmpty()) {
      parts.add(local.redis());
    }
    if (outside.kafka().isEmpty()) {
      parts.add(local.kafka());
    }
    return parts;
  }

  String redis() {
    return outside.redis().orElseGet(() -> local.redis().url());
  }

  String kafka() {
    return outside.kafka().orElseGet(() -> local.kafka().bootstrapServers());
  }

  /**
   * @param service {@code auth} or {@code chat}
   */
  DatabaseAccess database(String service) {
    if (outside.postgres().isEmpty()) {
      return local.postgres().access("confab_" + service);
    }
    OutsidePostgres server = outside.postgres().get();
    String url = server.jdbcUrl(server.database() + "_" + service);
    return new DatabaseAccess(url, server.user(), server.password());
  }
}

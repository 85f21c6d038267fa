package dev.confab.gateway.command;

import dev.confab.contracts.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/**
 * When each partition of the command log last answered a command of this replica: one that moves is
 * late, not dead, and repeating what waits in it would only make it later. Thread-safe.
 */
@ApplicationScoped
class Progress {
  private final AtomicLongArray answeredAt = new AtomicLongArray(Topics.PARTITIONS);
  private final long recentMillis;

  Progress(CommandLogConfig config) {
    this.recentMillis = config.patience().toMillis() / 2;
  }

  /** The log's own answer arrived, not that to a repeat. */
  void answered(String conversationId, long nowMillis) {
    answeredAt.set(partitionOf(conversationId), nowMillis);
  }

  boolean isMoving(String conversationId, long nowMillis) {
    return nowMillis - answeredAt.get(partitionOf(conversationId)) <= recentMillis;
  }

  private static int partitionOf(String conversationId) {
    byte[] key = conversationId.getBytes(StandardCharsets.UTF_8);
    return BuiltInPartitioner.partitionForKey(key, Topics.PARTITIONS);
  }
}

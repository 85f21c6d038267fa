package dev.confab.gateway.fanout;

import dev.confab.gateway.chatservice.ChatServiceClient;
import io.micrometer.core.instrument.MeterRegistry;
import org.jboss.logging.Logger;

/** Where one conversation's sequencer gets what it misses. */
final class RoomSource implements Sequencer.Source {
  private static final Logger LOG = Logger.getLogger(RoomSource.class);

  private final Fanout fanout;
  private final ChatServiceClient chat;
  private final RedisPublisher redis;
  private final String conversationId;
  private final MeterRegistry metrics;

  RoomSource(
      Fanout fanout,
      ChatServiceClient chat,
      RedisPublisher redis,
      String conversationId,
      MeterRegistry metrics) {
    this.fanout = fanout;
    this.chat = chat;
    this.redis = redis;
    this.conversationId = conversationId;
    this.metrics = metrics;
  }

  @Override
  public void pull(long afterSeq, String history) {
    metrics.counter("confab.gateway.pulls").increment();
    chat.changes(conversationId, afterSeq, history, null, null)
        .onSuccess(
            changes -> fanout.withRoom(conversationId, room -> room.sequencer().pulled(changes)))
        .onFailure(
            failure ->
                // Repeated by the tick while the gap is open, and by the next look at the heads.
                LOG.debugf(
                    "event=pull_failed conversation=%s reason=%s",
                    conversationId, failure.getMessage()));
  }

  @Override
  public void readText(String messageId) {
    redis
        .text(messageId)
        .onSuccess(
            pieces ->
                fanout.withRoom(
                    conversationId, room -> room.sequencer().cached(messageId, pieces)));
  }

  @Override
  public void restart() {
    fanout.withRoom(conversationId, fanout::restart);
  }
}

package dev.confab.chat.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.contracts.Topics;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.ai.ReplyCancelled;
import dev.confab.contracts.ai.ReplyRecord.ReplyFenced;
import dev.confab.contracts.chat.ChatEvent;
import jakarta.enterprise.context.ApplicationScoped;

/** Says on which topic each contract record goes, as which bytes. */
@ApplicationScoped
public class RecordWriter {
  private final ObjectMapper json;

  RecordWriter(ObjectMapper json) {
    this.json = json;
  }

  /** An event, to the gateways. */
  public OutboxRecord event(ChatEvent event) {
    return write(Topics.CHAT_EVENTS, event.conversationId(), event);
  }

  /** A reply to be written, to one ai-service. */
  public OutboxRecord request(CompletionRequested request) {
    return write(Topics.AI_REQUESTS, request.conversationId(), request);
  }

  /** A fence, into the stream of what replies say. */
  public OutboxRecord fence(ReplyFenced fence) {
    return write(Topics.AI_STREAM, fence.conversationId(), fence);
  }

  /** An upstream call to be ended, to every ai-service. */
  public OutboxRecord cancel(ReplyCancelled cancelled) {
    return write(Topics.AI_CONTROL, cancelled.conversationId(), cancelled);
  }

  private OutboxRecord write(String topic, String key, Object value) {
    try {
      return new OutboxRecord(topic, key, json.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record for " + topic + " cannot be written", e);
    }
  }
}

package dev.confab.systemtests.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confab.systemtests.delivery.History;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes logs of support dialogs by hand, right ones and wrong ones. */
final class Log {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant BEGINNING = Instant.parse("2026-01-01T12:00:00Z");

  private final List<JsonNode> messages = new ArrayList<>();
  private String owner = "assistant";
  private long epoch;
  private long lastSeq;
  private long second;

  /** Lets time pass. */
  Log after(long seconds) {
    second += seconds;
    return this;
  }

  /** Gives numbers to something that left no message. */
  Log skip(long numbers) {
    lastSeq += numbers;
    return this;
  }

  Log turn(String id) {
    add(id, "user", "text", "complete", "a question");
    return this;
  }

  /** A reply that was born now and ended at once. */
  Log reply(String id, String turnId, String status, String content) {
    ObjectNode reply = add(id, "assistant", "ai_response", status, content);
    reply.put("reply_to", turnId);
    reply.put("changed_seq", ++lastSeq);
    return this;
  }

  Log operator(String id) {
    add(id, "operator", "text", "complete", "A person's word.");
    return this;
  }

  Log fallback(String id, String turnId, String content) {
    add(id, "assistant", "fallback", "failed", content).put("reply_to", turnId);
    return this;
  }

  Log handoff(String to) {
    return handoff(to, epoch + 1);
  }

  Log handoff(String to, long newEpoch) {
    ObjectNode change = add("h" + lastSeq, "system", "handoff", "complete", "Who answers changed.");
    ObjectNode handoff = change.putObject("handoff").put("owner", to).put("epoch", newEpoch);
    handoff.put("reason", "operator_claimed");
    if (to.equals("operator")) {
      handoff.put("operator_id", "ada").put("operator_name", "Ada");
    }
    owner = to;
    epoch = newEpoch;
    return this;
  }

  /** Changes the message that was written last. */
  Log but(String field, Object value) {
    ((ObjectNode) messages.getLast()).set(field, JSON.valueToTree(value));
    return this;
  }

  private ObjectNode add(String id, String type, String kind, String status, String content) {
    ObjectNode message = JSON.createObjectNode();
    message.put("id", id).put("seq", ++lastSeq).put("changed_seq", lastSeq);
    message.put("message_type", type).put("kind", kind).put("status", status);
    message.put("content", content);
    message.put("created_at", BEGINNING.plusSeconds(second).toString());
    messages.add(message);
    return message;
  }

  History history() {
    ObjectNode conversation = JSON.createObjectNode();
    conversation.put("id", "c").put("kind", "support").put("last_seq", lastSeq);
    conversation.put("owner", owner).put("owner_epoch", epoch);
    return new History(conversation, messages);
  }

  /** The same, with another state of the conversation than the messages tell. */
  History historyOwnedBy(String other) {
    History history = history();
    ((ObjectNode) history.conversation()).put("owner", other);
    return history;
  }
}

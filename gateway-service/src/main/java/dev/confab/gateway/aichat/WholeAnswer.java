package dev.confab.gateway.aichat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.gateway.fanout.Frame;
import dev.confab.gateway.fanout.Subscriber;
import dev.confab.gateway.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Follows a conversation until one message is answered. */
final class WholeAnswer implements Subscriber {
  private static final int MAX_EARLY = 64;

  private final String id = "answer-" + UUID.randomUUID();
  private final String userId;
  private final Promise<JsonNode> answer = Promise.promise();
  private final Map<String, JsonNode> early = new LinkedHashMap<>();
  private String turnId;

  WholeAnswer(String userId) {
    this.userId = userId;
  }

  /** The answer to a message, also if it came already. */
  synchronized Future<JsonNode> to(String messageId) {
    turnId = messageId;
    if (early.containsKey(messageId)) {
      answer.tryComplete(early.get(messageId));
    }
    early.clear();
    return answer.future();
  }

  /** A message of the conversation as it is stored. */
  synchronized void stored(JsonNode message) {
    String answers = message.path("reply_to").asText();
    if (answers.isEmpty() || !isWhole(message)) {
      return;
    }
    if (answers.equals(turnId)) {
      answer.tryComplete(message);
    } else if (turnId == null && early.size() < MAX_EARLY) {
      early.putIfAbsent(answers, message);
    }
  }

  /** Whether it is the AI's, or an operator's, and says all it will. */
  private static boolean isWhole(JsonNode message) {
    String status = message.path("status").asText();
    return !"user".equals(message.path("message_type").asText())
        && !"streaming".equals(status)
        && !"deleted".equals(status);
  }

  @Override
  public String connectionId() {
    return id;
  }

  @Override
  public String userId() {
    return userId;
  }

  @Override
  public void send(Frame frame) {
    if (frame instanceof Frame.Whole) {
      JsonNode data = Json.tree(frame.json()).path("data");
      if (data.has("message")) {
        stored(data.get("message"));
      }
    }
  }

  @Override
  public boolean isDrained() {
    return true;
  }

  @Override
  public void close(int code, String reason) {
    answer.tryFail(reason);
  }
}

package dev.confab.localstack.demollm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The server-sent events of one streamed answer. */
final class Chunks {
  static final String DONE = "data: [DONE]\n\n";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String head;

  Chunks(String id, String model) {
    this.head =
        "data: {\"id\":%s,\"object\":\"chat.completion.chunk\",\"created\":%d,\"model\":%s,"
            .formatted(quoted(id), Instant.now().getEpochSecond(), quoted(model));
  }

  String role() {
    return choice("{\"role\":\"assistant\",\"content\":\"\"}", "null");
  }

  String content(String text) {
    return choice("{\"content\":" + quoted(text) + "}", "null");
  }

  /** The beginning of a tool's call; its arguments follow. */
  String toolCall(String id, ToolWish wish) {
    return choice(
        "{\"tool_calls\":[{\"index\":0,\"id\":%s,\"type\":\"function\",\"function\":{\"name\":%s,\"arguments\":\"\"}}]}"
            .formatted(quoted("call-" + id), quoted(wish.tool())),
        "null");
  }

  String toolArguments(ToolWish wish) {
    return choice(
        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":%s}}]}"
            .formatted(quoted(json(wish.arguments()))),
        "null");
  }

  String finish(String reason) {
    return choice("{}", quoted(reason));
  }

  String usage(Map<String, Integer> usage) {
    return head + "\"choices\":[],\"usage\":" + json(usage) + "}\n\n";
  }

  /** What a provider with a fault sends: the beginning of a chunk. */
  String malformed() {
    return head + "\"choices\":[{\"index\":0,\"delta\":{\"conte\n\n";
  }

  /** A whole answer that is not streamed. */
  static String whole(
      String id,
      String model,
      String text,
      ToolWish wish,
      String reason,
      Map<String, Integer> usage) {
    Map<String, Object> message = new LinkedHashMap<>(Map.of("role", "assistant", "content", text));
    if (wish != null) {
      Map<String, Object> function =
          Map.of("name", wish.tool(), "arguments", json(wish.arguments()));
      message.put(
          "tool_calls",
          List.of(Map.of("id", "call-" + id, "type", "function", "function", function)));
    }
    return json(
        Map.of(
            "id",
            id,
            "object",
            "chat.completion",
            "created",
            Instant.now().getEpochSecond(),
            "model",
            model,
            "choices",
            List.of(Map.of("index", 0, "message", message, "finish_reason", reason)),
            "usage",
            usage));
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private String choice(String delta, String finishReason) {
    return head
        + "\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"finish_reason\":"
        + finishReason
        + "}]}\n\n";
  }

  private static String quoted(String text) {
    return json(text);
  }
}

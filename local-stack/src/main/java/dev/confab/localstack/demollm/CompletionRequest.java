package dev.confab.localstack.demollm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A chat completion request of the OpenAI protocol, as far as it matters here.
 *
 * @param model with its switches, such as {@code confab-demo:rate=100}
 * @param maxTokens bound of the answer, or 0 for none
 * @param tools names of those that may be asked for
 */
record CompletionRequest(
    String model,
    List<Turn> turns,
    boolean streamed,
    boolean includeUsage,
    int maxTokens,
    List<String> tools) {

  /** Reads a request; throws {@link IllegalArgumentException} with the reason when it is none. */
  static CompletionRequest of(JsonNode json) {
    if (!json.isObject()) {
      throw new IllegalArgumentException("The body must be a JSON object");
    }
    if (!json.path("messages").isArray() || json.path("messages").isEmpty()) {
      throw new IllegalArgumentException("'messages' must be an array with at least one message");
    }
    if (!json.path("model").isTextual()) {
      throw new IllegalArgumentException("'model' must be a string");
    }
    List<Turn> turns = new ArrayList<>();
    json.path("messages").forEach(message -> turns.add(turn(message)));
    int maxTokens = json.path("max_completion_tokens").asInt(json.path("max_tokens").asInt(0));
    return new CompletionRequest(
        json.path("model").asText(),
        List.copyOf(turns),
        json.path("stream").asBoolean(false),
        json.path("stream_options").path("include_usage").asBoolean(false),
        maxTokens,
        tools(json.path("tools")));
  }

  private static List<String> tools(JsonNode offered) {
    List<String> names = new ArrayList<>();
    offered.forEach(tool -> names.add(tool.path("function").path("name").asText("")));
    return List.copyOf(names);
  }

  private static Turn turn(JsonNode message) {
    String role = message.path("role").asText("");
    if (role.isEmpty()) {
      throw new IllegalArgumentException("Each message needs a 'role'");
    }
    return new Turn(role, message.path("name").asText(null), content(message.path("content")));
  }

  private static String content(JsonNode content) {
    if (!content.isArray()) {
      return content.asText("");
    }
    StringBuilder text = new StringBuilder();
    content.forEach(part -> text.append(part.path("text").asText("")));
    return text.toString();
  }
}

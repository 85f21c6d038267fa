package dev.confab.gateway.aichat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** This dialect's words for what v1 says over REST, and the other way round. */
final class AiChatJson {
  private static final List<String> SETTINGS =
      List.of("model", "temperature", "max_tokens", "system_prompt", "tools_enabled");
  private static final List<String> PRESET =
      List.of(
          "id",
          "name",
          "description",
          "system_prompt",
          "model",
          "temperature",
          "max_tokens",
          "tools_enabled",
          "is_public");
  private static final List<String> PRESET_WRITABLE =
      PRESET.stream().filter(field -> !field.equals("id")).toList();
  private static final List<String> MODEL =
      List.of("id", "name", "provider", "is_default", "is_active", "context_length");

  private AiChatJson() {}

  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Stats(
      long totalSessions,
      long activeSessions,
      long totalMessages,
      long totalTokens,
      JsonNode byModel,
      JsonNode byDay) {}

  record LlmServer(String status, Map<String, String> providers) {}

  /** A v1 conversation to be made. */
  static ObjectNode newConversation(JsonNode session) {
    ObjectNode made = conversationPatch(session);
    made.put("kind", SessionView.KIND);
    return made;
  }

  /** What a patch of a session is to a v1 conversation. */
  static ObjectNode conversationPatch(JsonNode session) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    if (session.has("title")) {
      patch.set("title", session.get("title"));
    }
    ObjectNode settings = only(SETTINGS, session);
    if (!settings.isEmpty()) {
      patch.set("settings", settings);
    }
    return patch;
  }

  /** What a preset's fields are to a v1 assistant. */
  static ObjectNode assistant(JsonNode preset) {
    return only(PRESET_WRITABLE, preset);
  }

  static ObjectNode preset(JsonNode assistant) {
    ObjectNode preset = all(PRESET, assistant);
    String owner = assistant.hasNonNull("owner_name") ? "owner_name" : "owner_id";
    preset.set("owner", assistant.get(owner));
    return preset;
  }

  static ObjectNode model(JsonNode model) {
    ObjectNode told = only(MODEL, model);
    if (!told.has("name")) {
      told.set("name", model.get("id"));
    }
    return told;
  }

  static Stats stats(JsonNode v1) {
    return new Stats(
        v1.path("total_conversations").asLong(),
        v1.path("active_conversations").asLong(),
        v1.path("total_messages").asLong(),
        v1.path("total_tokens").asLong(),
        array(v1.path("by_model")),
        array(v1.path("by_day")));
  }

  private static JsonNode array(JsonNode node) {
    return node.isArray() ? node : JsonNodeFactory.instance.arrayNode();
  }

  /** The providers of v1's status; one that works is enough. */
  static LlmServer llmServer(JsonNode status) {
    Map<String, String> providers = new java.util.TreeMap<>();
    status
        .path("providers")
        .forEach(
            provider ->
                providers.put(
                    provider.path("name").asText(),
                    "up".equals(provider.path("state").asText()) ? "up" : "down"));
    boolean works =
        providers.isEmpty()
            ? "up".equals(status.path("models").asText())
            : providers.containsValue("up");
    return new LlmServer(works ? "up" : "down", providers);
  }

  private static ObjectNode only(List<String> fields, JsonNode from) {
    ObjectNode to = JsonNodeFactory.instance.objectNode();
    fields.stream().filter(from::has).forEach(field -> to.set(field, from.get(field)));
    return to;
  }

  private static ObjectNode all(List<String> fields, JsonNode from) {
    ObjectNode to = JsonNodeFactory.instance.objectNode();
    fields.forEach(field -> to.set(field, from.get(field)));
    return to;
  }
}

package dev.confab.gateway.aichat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A conversation as clients of this dialect know it. What is not set is null and means the default.
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record SessionView(
    String id,
    String title,
    String model,
    Double temperature,
    Integer maxTokens,
    String systemPrompt,
    Boolean toolsEnabled,
    boolean isActive,
    long messageCount,
    String createdAt,
    String updatedAt) {
  /** The kind of conversation that is a session. */
  static final String KIND = "assistant";

  static SessionView of(JsonNode conversation, long messages) {
    JsonNode settings = conversation.path("settings");
    return new SessionView(
        conversation.path("id").asText(),
        text(conversation, "title"),
        text(settings, "model"),
        settings.hasNonNull("temperature") ? settings.get("temperature").asDouble() : null,
        settings.hasNonNull("max_tokens") ? settings.get("max_tokens").asInt() : null,
        text(settings, "system_prompt"),
        settings.hasNonNull("tools_enabled") ? settings.get("tools_enabled").asBoolean() : null,
        conversation.path("is_active").asBoolean(),
        messages,
        text(conversation, "created_at"),
        text(conversation, "updated_at"));
  }

  private static String text(JsonNode node, String field) {
    return node.hasNonNull(field) ? node.get(field).asText() : null;
  }

  static boolean isSession(JsonNode conversation) {
    return KIND.equals(conversation.path("kind").asText());
  }
}

package dev.confab.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/**
 * What dialects tell of a v1 {@code message}.
 *
 * @param role the message's type
 * @param content empty if nothing was said
 */
record StoredMessage(
    String id, String role, String senderId, String content, String createdAt, boolean isDeleted) {
  private static final List<String> USAGE =
      List.of("prompt_tokens", "completion_tokens", "total_tokens");

  static StoredMessage of(JsonNode message) {
    return new StoredMessage(
        message.path("id").asText(),
        message.path("message_type").asText(),
        message.path("sender_id").asText(),
        message.path("content").asText(),
        message.path("created_at").asText(),
        "deleted".equals(message.path("status").asText()));
  }

  boolean isUsers() {
    return "user".equals(role);
  }

  /** The tokens a reply cost; where nobody counted them, none. */
  static JsonNode usage(JsonNode data) {
    var usage = JsonNodeFactory.instance.objectNode();
    USAGE.forEach(field -> usage.put(field, data.path("usage").path(field).asInt()));
    return usage;
  }
}

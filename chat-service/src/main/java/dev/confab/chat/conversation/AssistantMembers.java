package dev.confab.chat.conversation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.confab.contracts.chat.AssistantMember;
import java.util.List;

/** How the assistants of a room stand in their column. */
public final class AssistantMembers {
  private static final ObjectMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
  private static final TypeReference<List<AssistantMember>> MEMBERS = new TypeReference<>() {};

  private AssistantMembers() {}

  /** The column's text, null for none. */
  public static String write(List<AssistantMember> members) {
    try {
      return members.isEmpty() ? null : JSON.writeValueAsString(members);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("assistants of a room cannot be written", e);
    }
  }

  static List<AssistantMember> read(String json) {
    try {
      return json == null ? List.of() : JSON.readValue(json, MEMBERS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored assistants of a room cannot be read", e);
    }
  }
}

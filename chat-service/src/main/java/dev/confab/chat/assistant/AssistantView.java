package dev.confab.chat.assistant;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.contracts.chat.Settings;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An assistant as somebody who may see it sees it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AssistantView(
    UUID id,
    String name,
    String avatar,
    String description,
    String systemPrompt,
    String model,
    Double temperature,
    Integer maxTokens,
    Boolean toolsEnabled,
    List<String> starterQuestions,
    boolean isPublic,
    String ownerId,
    String ownerName,
    boolean isMine,
    Instant createdAt,
    Instant updatedAt) {
  static AssistantView of(Assistant assistant, String userId) {
    Settings settings = assistant.settings();
    return new AssistantView(
        assistant.id(),
        assistant.name(),
        assistant.avatar(),
        assistant.description(),
        settings.systemPrompt(),
        settings.model(),
        settings.temperature(),
        settings.maxTokens(),
        settings.toolsEnabled(),
        assistant.starterQuestions(),
        assistant.isPublic(),
        assistant.ownerId(),
        assistant.ownerName(),
        assistant.isOwnedBy(userId),
        assistant.createdAt(),
        assistant.updatedAt());
  }

  /** Never shows its prompt. */
  @Override
  public String toString() {
    return "AssistantView[" + id + ']';
  }
}

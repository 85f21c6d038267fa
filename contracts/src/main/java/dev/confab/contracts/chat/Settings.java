package dev.confab.contracts.chat;

import com.fasterxml.jackson.annotation.JsonInclude;

/** How the AI answers in a conversation; null means the default of the next wider scope. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Settings(
    String model,
    Double temperature,
    Integer maxTokens,
    String systemPrompt,
    Boolean toolsEnabled) {
  /** Nothing set. */
  public static final Settings DEFAULTS = new Settings(null, null, null, null, null);

  /** The same for those who shall not read what the AI was told. */
  public Settings withoutPrompt() {
    return new Settings(model, temperature, maxTokens, null, toolsEnabled);
  }

  /** The same with another model. */
  public Settings withModel(String newModel) {
    return new Settings(newModel, temperature, maxTokens, systemPrompt, toolsEnabled);
  }
}

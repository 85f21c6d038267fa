package dev.confab.chat.conversation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confab.chat.model.Models;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.Settings;
import jakarta.enterprise.context.ApplicationScoped;

/** Which settings a conversation may have, and how a patch changes them. */
@ApplicationScoped
class SettingsRules {
  private static final double MAX_TEMPERATURE = 2;
  private static final int MAX_TOKENS = 131_072;
  private static final int MAX_PROMPT_CHARS = 8_000;

  private final Models models;
  private final ObjectMapper json;

  SettingsRules(Models models, ObjectMapper json) {
    this.models = models;
    this.json = json;
  }

  /** The settings after a merge patch (RFC 7396): absent stays, null goes back to the default. */
  Settings patched(Settings before, JsonNode patch) {
    if (!patch.isObject()) {
      throw ProblemException.invalid("settings", "Settings are an object.");
    }
    ObjectNode merged = json.valueToTree(before);
    patch.properties().forEach(field -> merged.set(field.getKey(), field.getValue()));
    try {
      return checked(json.treeToValue(merged, Settings.class));
    } catch (JsonProcessingException e) {
      throw ProblemException.invalid("settings", "A setting has the wrong type.");
    }
  }

  /** The settings, if they are allowed. */
  Settings checked(Settings settings) {
    if (!models.isKnown(settings.model())) {
      throw new ProblemException(ErrorCode.NOT_FOUND, "There is no such model.", "settings.model");
    }
    Double temperature = settings.temperature();
    if (temperature != null && !(temperature >= 0 && temperature <= MAX_TEMPERATURE)) {
      throw ProblemException.invalid("settings.temperature", "From 0 to 2.");
    }
    Integer tokens = settings.maxTokens();
    if (tokens != null && (tokens < 1 || tokens > MAX_TOKENS)) {
      throw ProblemException.invalid("settings.max_tokens", "From 1 to " + MAX_TOKENS + ".");
    }
    String prompt = settings.systemPrompt();
    if (prompt != null && (prompt.length() > MAX_PROMPT_CHARS || prompt.indexOf('\0') >= 0)) {
      throw ProblemException.invalid(
          "settings.system_prompt", "At most " + MAX_PROMPT_CHARS + " characters.");
    }
    return settings;
  }
}

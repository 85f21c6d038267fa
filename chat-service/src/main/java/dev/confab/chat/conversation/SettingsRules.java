package dev.confab.chat.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.chat.ChatConfig;
import dev.confab.chat.message.MessageText;
import dev.confab.chat.model.Models;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;

/**
 * Which settings a conversation or an assistant may have, and how a patch changes them. What is
 * refused is told with the field and what is allowed there.
 */
@ApplicationScoped
public class SettingsRules {
  private static final int MAX_TEMPERATURE = 2;
  private static final String MODEL = "model";
  private static final String TEMPERATURE = "temperature";
  private static final String MAX_TOKENS = "max_tokens";
  private static final String SYSTEM_PROMPT = "system_prompt";
  private static final String TOOLS_ENABLED = "tools_enabled";

  private final Models models;
  private final ChatConfig.Settings config;

  SettingsRules(Models models, ChatConfig config) {
    this.models = models;
    this.config = config.settings();
  }

  /** A conversation's settings after a merge patch (RFC 7396) of their object. */
  Settings patched(Settings before, JsonNode patch) {
    if (!patch.isObject()) {
      throw ProblemException.invalid("settings", "Settings are an object.");
    }
    return patched(before, patch, "settings.");
  }

  /**
   * The settings after a merge patch: absent stays, null goes back to the default. Other fields of
   * the patch are left alone.
   *
   * @param prefix of the fields' names in refusals
   */
  public Settings patched(Settings before, JsonNode patch, String prefix) {
    Fields fields = new Fields(patch, prefix);
    Settings after =
        new Settings(
            patch.has(MODEL) ? fields.text(MODEL) : before.model(),
            patch.has(TEMPERATURE) ? fields.number(TEMPERATURE) : before.temperature(),
            patch.has(MAX_TOKENS) ? fields.wholeNumber(MAX_TOKENS) : before.maxTokens(),
            patch.has(SYSTEM_PROMPT) ? fields.text(SYSTEM_PROMPT) : before.systemPrompt(),
            patch.has(TOOLS_ENABLED) ? fields.flag(TOOLS_ENABLED) : before.toolsEnabled());
    // A model that has been retired meanwhile is no reason to refuse another change.
    boolean sameModel = Objects.equals(after.model(), before.model());
    return sameModel ? inRange(after, prefix) : checked(after, prefix);
  }

  /** A conversation's settings, if they are allowed; an alias gives way to the model it means. */
  Settings checked(Settings settings) {
    return checked(settings, "settings.");
  }

  private Settings checked(Settings settings, String prefix) {
    String model = settings.model();
    if (model != null) {
      model =
          models
              .answering(model)
              .orElseThrow(
                  () ->
                      new ProblemException(
                          ErrorCode.NOT_FOUND, "There is no such model.", prefix + MODEL));
    }
    return inRange(settings.withModel(model), prefix);
  }

  /** For whoever may wait: a model that was added a moment ago is known afterwards. */
  void prepare(String model) {
    if (model != null) {
      models.answeringNow(model);
    }
  }

  /** As {@link #prepare(String)}, given a patch of settings. */
  public void prepare(JsonNode patch) {
    if (patch != null && patch.path(MODEL).isTextual()) {
      prepare(patch.path(MODEL).asText());
    }
  }

  private Settings inRange(Settings settings, String prefix) {
    Double temperature = settings.temperature();
    if (temperature != null && !(temperature >= 0 && temperature <= MAX_TEMPERATURE)) {
      throw ProblemException.invalid(
          prefix + TEMPERATURE, "A number from 0 to " + MAX_TEMPERATURE + ".");
    }
    Integer tokens = settings.maxTokens();
    if (tokens != null && (tokens < 1 || tokens > config.maxTokens())) {
      throw tokensOutOfRange(prefix);
    }
    String prompt = settings.systemPrompt();
    if (prompt != null && prompt.length() > config.maxPromptChars()) {
      throw ProblemException.invalid(
          prefix + SYSTEM_PROMPT, "At most " + config.maxPromptChars() + " characters.");
    }
    return new Settings(
        settings.model(),
        temperature,
        tokens,
        MessageText.storable(prompt),
        settings.toolsEnabled());
  }

  private ProblemException tokensOutOfRange(String prefix) {
    return ProblemException.invalid(
        prefix + MAX_TOKENS, "A whole number from 1 to " + config.maxTokens() + ".");
  }

  /** The fields of one patch, by type. */
  private final class Fields {
    private final JsonNode patch;
    private final String prefix;

    Fields(JsonNode patch, String prefix) {
      this.patch = patch;
      this.prefix = prefix;
    }

    private boolean isNull(String field) {
      return patch.get(field).isNull();
    }

    String text(String field) {
      if (!isNull(field) && !patch.get(field).isTextual()) {
        throw ProblemException.invalid(prefix + field, "This is text.");
      }
      return isNull(field) ? null : patch.get(field).textValue();
    }

    Double number(String field) {
      if (!isNull(field) && !patch.get(field).isNumber()) {
        throw ProblemException.invalid(
            prefix + field, "A number from 0 to " + MAX_TEMPERATURE + ".");
      }
      return isNull(field) ? null : Double.valueOf(patch.get(field).doubleValue());
    }

    Integer wholeNumber(String field) {
      if (!isNull(field) && !patch.get(field).canConvertToInt()
          || patch.get(field).isFloatingPointNumber()) {
        throw tokensOutOfRange(prefix);
      }
      return isNull(field) ? null : Integer.valueOf(patch.get(field).intValue());
    }

    Boolean flag(String field) {
      if (!isNull(field) && !patch.get(field).isBoolean()) {
        throw ProblemException.invalid(prefix + field, "true or false.");
      }
      return isNull(field) ? null : Boolean.valueOf(patch.get(field).booleanValue());
    }
  }
}

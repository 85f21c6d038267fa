package dev.confab.chat.conversation;

import dev.confab.chat.assistant.Assistant;
import dev.confab.chat.assistant.Assistants;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.model.Models;
import dev.confab.chat.problem.ProblemException;
import dev.confab.chat.reply.Reply;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Finds out what a new conversation begins with. */
@ApplicationScoped
class Beginnings {
  private final Assistants assistants;
  private final Models models;
  private final SettingsRules rules;

  Beginnings(Assistants assistants, Models models, SettingsRules rules) {
    this.assistants = assistants;
    this.models = models;
    this.rules = rules;
  }

  /**
   * An assistant that the user may see lends its name and settings; a model's name is a setting
   * like any other. What is asked for expressly counts before what the assistant has.
   */
  Beginning of(String userId, NewConversation asked) {
    Settings own = asked.settings() == null ? Settings.DEFAULTS : asked.settings();
    rules.prepare(own.model());
    own = rules.checked(own);
    String named = asked.assistantId();
    if (named == null || Reply.DEFAULT_ASSISTANT.equals(named)) {
      return new Beginning(null, null, own);
    }
    return Ids.parse(named).isPresent()
        ? withAssistant(userId, Ids.parse(named).get(), own)
        : withModel(named, own);
  }

  private Beginning withAssistant(String userId, UUID id, Settings own) {
    Assistant assistant = assistants.visible(id, userId).orElseThrow(Beginnings::noSuchAssistant);
    Settings lent = assistant.settings();
    // A model that is gone by now leaves the choice to the next wider scope.
    String model = models.answering(lent.model()).orElse(null);
    Settings settings =
        new Settings(
            first(own.model(), model),
            first(own.temperature(), lent.temperature()),
            first(own.maxTokens(), lent.maxTokens()),
            first(own.systemPrompt(), lent.systemPrompt()),
            first(own.toolsEnabled(), lent.toolsEnabled()));
    return new Beginning(assistant.id().toString(), assistant.name(), settings);
  }

  private Beginning withModel(String name, Settings own) {
    String model = models.answeringNow(name).orElseThrow(Beginnings::noSuchAssistant);
    return new Beginning(null, null, own.model() == null ? own.withModel(model) : own);
  }

  private static <T> T first(T asked, T lent) {
    return asked == null ? lent : asked;
  }

  private static ProblemException noSuchAssistant() {
    return new ProblemException(ErrorCode.NOT_FOUND, "There is no such assistant.", "assistant_id");
  }
}

package dev.confab.ai.reply;

import dev.confab.ai.AiConfig;
import dev.confab.ai.provider.Prompt;
import dev.confab.ai.provider.Providers;
import dev.confab.ai.provider.Target;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.chat.Settings;
import java.util.List;
import java.util.Objects;

/** What a request asks for, with every default filled in. */
record Plan(CompletionRequested request, Prompt prompt, boolean tools, List<Target> candidates) {
  static Plan of(CompletionRequested asked, AiConfig.Replies defaults, Providers providers) {
    CompletionRequested request = complete(asked);
    Settings settings = request.settings();
    Double temperature = settings.temperature();
    if (temperature == null && defaults.temperature().isPresent()) {
      temperature = defaults.temperature().getAsDouble();
    }
    Integer maxTokens = settings.maxTokens();
    if (maxTokens == null && defaults.maxTokens().isPresent()) {
      maxTokens = defaults.maxTokens().getAsInt();
    }
    Prompt prompt =
        new Prompt(
            settings.systemPrompt(), request.turns(), request.textSoFar(), temperature, maxTokens);
    boolean tools =
        Objects.requireNonNullElse(settings.toolsEnabled(), defaults.enableTools().orElse(true));
    return new Plan(
        request, prompt, tools, providers.candidates(settings.model(), request.assistantId()));
  }

  /** Absent lists and texts of the request are empty ones. */
  private static CompletionRequested complete(CompletionRequested asked) {
    return new CompletionRequested(
        asked.conversationId(),
        asked.messageId(),
        asked.attempt(),
        asked.assistantId(),
        asked.userId(),
        Objects.requireNonNullElse(asked.settings(), Settings.DEFAULTS),
        Objects.requireNonNullElse(asked.turns(), List.of()),
        Objects.requireNonNullElse(asked.textSoFar(), ""),
        asked.deadline());
  }
}

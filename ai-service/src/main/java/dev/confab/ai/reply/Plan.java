package dev.confab.ai.reply;

import dev.confab.ai.AiConfig;
import dev.confab.ai.context.ContextWindow;
import dev.confab.ai.provider.Providers;
import dev.confab.ai.provider.Target;
import dev.confab.ai.tool.ToolSet;
import dev.confab.ai.tool.Tools;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.chat.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;

/**
 * What a request asks for, with every default filled in.
 *
 * @param temperature null for the provider's own
 * @param maxTokens null for the provider's own
 */
record Plan(
    CompletionRequested request,
    Double temperature,
    Integer maxTokens,
    ToolSet tools,
    List<Target> candidates,
    ContextWindow context) {

  /** Makes plans of requests. */
  @ApplicationScoped
  static class Maker {
    private final AiConfig.Replies defaults;
    private final Providers providers;
    private final Tools tools;
    private final ContextWindow context;

    Maker(AiConfig config, Providers providers, Tools tools, ContextWindow context) {
      this.defaults = config.replies();
      this.providers = providers;
      this.tools = tools;
      this.context = context;
    }

    Plan of(CompletionRequested asked) {
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
      boolean useTools =
          Objects.requireNonNullElse(settings.toolsEnabled(), defaults.enableTools().orElse(false));
      return new Plan(
          request,
          temperature,
          maxTokens,
          tools.of(request, useTools),
          providers.candidates(settings.model(), request.assistantId()),
          context);
    }
  }

  /** The first question, cut to what each candidate can take. May take time to count. */
  Question question() {
    boolean withTools = !tools.specifications().isEmpty();
    return Question.of(this, List.of(), request.textSoFar(), withTools);
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
        asked.deadline(),
        asked.canHandOver());
  }
}

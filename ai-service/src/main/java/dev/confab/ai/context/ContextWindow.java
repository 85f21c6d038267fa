package dev.confab.ai.context;

import com.knuddels.jtokkit.api.ModelType;
import dev.confab.ai.AiConfig;
import dev.confab.ai.provider.ListedModel;
import dev.confab.ai.provider.NamedValues;
import dev.confab.ai.provider.Target;
import dev.confab.contracts.ai.CompletionRequested.Turn;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a model can take: as configured, else as its provider lists it, else as is published, else a
 * configured default.
 */
@ApplicationScoped
public class ContextWindow {
  private final AiConfig.Context config;
  private final Map<String, Integer> configured;

  ContextWindow(AiConfig config) {
    this.config = config.context();
    this.configured =
        NamedValues.parse(config.context().windows().orElse("")).entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> Integer.valueOf(e.getValue())));
  }

  /** Tokens of prompt and answer together. */
  int of(Target target) {
    Integer own = configured.get(target.model());
    if (own != null) {
      return own;
    }
    return target
        .provider()
        .listing(target.model())
        .map(ListedModel::contextLength)
        .or(() -> ModelType.fromName(target.model()).map(ModelType::getMaxContextLength))
        .orElse(config.defaultTokens());
  }

  /**
   * The turns that fit. Takes time where much is to be counted.
   *
   * @param fixed texts that are sent in any case: the system prompt, tools and what they said, the
   *     answer's beginning
   * @param maxTokens of the answer, or null where nobody set a bound
   */
  public List<Turn> fit(List<Turn> turns, List<String> fixed, Integer maxTokens, Target target) {
    int window = of(target);
    // A bound as large as the window would leave no room for what is asked.
    int room = Math.min(maxTokens == null ? config.answerTokens() : maxTokens, window / 2);
    int taken = 0;
    for (String text : fixed) {
      int atMost = TokenCount.atMost(text);
      boolean isShort = atMost < window / 50;
      taken += HistoryFit.TOKENS_PER_MESSAGE;
      taken += isShort ? atMost : TokenCount.of(text, target.model());
    }
    return HistoryFit.fit(turns, window - room - taken, target.model());
  }
}

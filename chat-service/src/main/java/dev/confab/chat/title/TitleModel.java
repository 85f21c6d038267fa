package dev.confab.chat.title;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.model.Completions;
import dev.confab.chat.model.Completions.Question;
import dev.confab.chat.model.Completions.Said;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Asks a model for a title; whatever goes wrong, there is none. */
@ApplicationScoped
class TitleModel {
  private static final int MAX_CHARS = 2_000;
  private static final int MAX_TOKENS = 30;
  private static final String INSTRUCTION =
      "Write a title of at most six words for this conversation, in its language. Answer with the"
          + " title alone.";

  private final ChatConfig.Titles config;
  private final Completions completions;

  TitleModel(ChatConfig config, Completions completions) {
    this.config = config.titles();
    this.completions = completions;
  }

  Optional<String> ask(Exchange exchange) throws InterruptedException {
    return completions
        .ask(question(exchange), config.modelWithin())
        .map(FirstWords::ofModel)
        .filter(title -> !title.isEmpty());
  }

  private static Question question(Exchange exchange) {
    List<Said> messages =
        List.of(
            new Said("system", INSTRUCTION),
            new Said("user", cut(exchange.question())),
            new Said("assistant", cut(exchange.answer())),
            new Said("user", INSTRUCTION));
    return new Question(null, messages, MAX_TOKENS, exchange.userId());
  }

  private static String cut(String text) {
    return text.substring(0, Math.min(text.length(), MAX_CHARS));
  }
}

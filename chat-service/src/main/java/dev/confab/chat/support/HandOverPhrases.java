package dev.confab.chat.support;

import dev.confab.chat.ChatConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** By which words a visitor asks for a person. */
@ApplicationScoped
class HandOverPhrases {
  private final Pattern phrases;

  @Inject
  HandOverPhrases(ChatConfig config) {
    this(config.support().handOverPhrases().orElse(List.of()));
  }

  HandOverPhrases(List<String> phrases) {
    String any =
        phrases.stream()
            .map(String::strip)
            .filter(p -> !p.isEmpty())
            .map(HandOverPhrases::words)
            .collect(Collectors.joining("|"));
    this.phrases =
        any.isEmpty()
            ? null
            : Pattern.compile(
                "(?<![\\p{L}\\p{N}])(?:" + any + ")(?![\\p{L}\\p{N}])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** However its words are spaced. */
  private static String words(String phrase) {
    return List.of(phrase.split("\\s+")).stream()
        .map(Pattern::quote)
        .collect(Collectors.joining("\\s+"));
  }

  /** Whether the message asks for a person. */
  boolean ask(String content) {
    return phrases != null && phrases.matcher(content).find();
  }
}

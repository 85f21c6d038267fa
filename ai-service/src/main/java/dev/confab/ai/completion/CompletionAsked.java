package dev.confab.ai.completion;

import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.ai.CompletionRequested.Turn;
import dev.confab.contracts.chat.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What is to be completed.
 *
 * @param model null for the default
 * @param messages oldest first
 * @param maxTokens null for the default
 * @param temperature null for the default
 * @param userId on whose account it is, or null
 */
public record CompletionAsked(
    String model, List<Message> messages, Integer maxTokens, Double temperature, String userId) {
  private static final int MAX_MESSAGES = 200;
  private static final Set<String> ROLES = Set.of("system", "user", "assistant");

  /** One message. */
  public record Message(String role, String content) {
    boolean isValid() {
      return role != null && ROLES.contains(role) && content != null;
    }
  }

  /** The field at fault, or null. */
  String invalidField() {
    boolean messagesValid =
        messages != null
            && !messages.isEmpty()
            && messages.size() <= MAX_MESSAGES
            && messages.stream().allMatch(each -> each != null && each.isValid());
    if (!messagesValid) {
      return "messages";
    }
    if (maxTokens != null && maxTokens < 1) {
      return "max_tokens";
    }
    return temperature != null && (temperature < 0 || temperature > 2) ? "temperature" : null;
  }

  /** As a request that belongs to no conversation. */
  CompletionRequested request(Instant deadline) {
    String id = "completion-" + UUID.randomUUID();
    int leading = 0;
    while (leading < messages.size() && "system".equals(messages.get(leading).role())) {
      leading++;
    }
    // What stands first is the system prompt, which is kept when a history is cut.
    String systemPrompt =
        messages.stream().limit(leading).map(Message::content).collect(Collectors.joining("\n\n"));
    return new CompletionRequested(
        id,
        id,
        1,
        null,
        userId,
        new Settings(model, temperature, maxTokens, systemPrompt, false),
        messages.stream()
            .skip(leading)
            .map(each -> new Turn(each.role(), null, each.content()))
            .toList(),
        "",
        deadline);
  }

  @Override
  public String toString() {
    return "CompletionAsked[" + model + ']';
  }
}

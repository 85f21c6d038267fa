package dev.confab.ai.provider;

import dev.confab.ai.AiConfig.Continuation;
import dev.confab.contracts.ai.CompletionRequested.Turn;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model is asked.
 *
 * @param systemPrompt null if there is none
 * @param toolUse what the model asked of tools in this answer, and what they said; empty at first
 * @param textSoFar beginning of the answer, to be continued; empty at first
 * @param temperature null for the provider's own
 * @param maxTokens null for the provider's own
 * @param tools which the model may use; empty for none
 */
public record Prompt(
    String systemPrompt,
    List<Turn> turns,
    List<ChatMessage> toolUse,
    String textSoFar,
    Double temperature,
    Integer maxTokens,
    List<ToolSpecification> tools) {
  private static final String CONTINUE =
      "Your answer was cut off. Continue it from exactly where it stops, beginning with the very"
          + " next character. Repeat nothing and do not comment on the interruption.";

  /** Whether the answer has begun already. */
  public boolean isContinued() {
    return !textSoFar.isEmpty();
  }

  List<ChatMessage> messages(Continuation continuation) {
    List<ChatMessage> messages = new ArrayList<>();
    if (systemPrompt != null && !systemPrompt.isBlank()) {
      messages.add(SystemMessage.from(systemPrompt));
    }
    turns.stream()
        .filter(turn -> turn.content() != null && !turn.content().isBlank())
        .map(Prompt::message)
        .forEach(messages::add);
    messages.addAll(toolUse);
    if (isContinued()) {
      messages.add(AiMessage.from(textSoFar));
      if (continuation == Continuation.INSTRUCTION) {
        messages.add(UserMessage.from(CONTINUE));
      }
    }
    return messages;
  }

  private static ChatMessage message(Turn turn) {
    return switch (turn.role()) {
      case "assistant" -> AiMessage.from(turn.content());
      case "system" -> SystemMessage.from(turn.content());
      default -> UserMessage.from(named(turn));
    };
  }

  /** Providers differ in the names they accept beside a message, so the text carries it. */
  private static String named(Turn turn) {
    return turn.name() == null ? turn.content() : turn.name() + ": " + turn.content();
  }

  @Override
  public String toString() {
    return "Prompt[turns=" + turns.size() + ", continued=" + isContinued() + ']';
  }
}

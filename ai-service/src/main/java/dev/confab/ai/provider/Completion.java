package dev.confab.ai.provider;

import dev.confab.contracts.chat.Usage;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import java.util.List;

/**
 * The regular end of a call.
 *
 * @param reason {@code stop}, {@code length} or {@code tool}
 * @param model as the provider names it, or null
 * @param usage null if the provider counts nothing
 * @param toolCalls what the model wants to know before it goes on; else empty
 */
public record Completion(
    String reason, String model, Usage usage, List<ToolExecutionRequest> toolCalls) {
  /** Arguments may hold what a person wrote. */
  @Override
  public String toString() {
    return "Completion[" + reason + ", " + model + ", " + toolCalls.size() + " tool calls]";
  }
}

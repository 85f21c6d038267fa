package dev.confab.ai.reply;

import dev.confab.ai.AiConfig.Continuation;
import dev.confab.ai.provider.Prompt;
import dev.confab.ai.provider.Target;
import dev.confab.ai.tool.ToolAnswer;
import dev.confab.contracts.ai.CompletionRequested.Turn;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be asked next in a reply, of whichever provider.
 *
 * @param toolUse tools that were used in this reply, and what they said
 * @param textSoFar what was said since then, to be continued
 * @param withTools whether (further) tools may be used
 * @param fitting the turns that each candidate can take
 */
record Question(
    Plan plan,
    List<ChatMessage> toolUse,
    String textSoFar,
    boolean withTools,
    Map<Target, List<Turn>> fitting) {

  static Question of(Plan plan, List<ChatMessage> toolUse, String textSoFar, boolean withTools) {
    List<String> fixed = fixed(plan, toolUse, textSoFar, withTools);
    Map<Target, List<Turn>> fitting = new HashMap<>();
    for (Target target : plan.candidates()) {
      fitting.put(
          target, plan.context().fit(plan.request().turns(), fixed, plan.maxTokens(), target));
    }
    return new Question(plan, toolUse, textSoFar, withTools, fitting);
  }

  private static List<String> fixed(
      Plan plan, List<ChatMessage> toolUse, String textSoFar, boolean withTools) {
    List<String> fixed = new ArrayList<>();
    String systemPrompt = plan.request().settings().systemPrompt();
    fixed.add(systemPrompt == null ? "" : systemPrompt);
    fixed.add(textSoFar);
    if (withTools) {
      plan.tools().specifications().forEach(each -> fixed.add(each.toString()));
    }
    toolUse.forEach(each -> fixed.add(each.toString()));
    return fixed;
  }

  /** The same, when part of its answer was said. */
  Question continuedFrom(String said) {
    return new Question(plan, toolUse, said, withTools, fitting);
  }

  /** The same, for a provider that knows no tools. */
  Question withoutTools() {
    return new Question(plan, toolUse, textSoFar, false, fitting);
  }

  /**
   * What is to be asked when tools have answered. May take time to count.
   *
   * @param said what the model said before it asked for them
   * @param more whether it may ask for tools again
   */
  Question afterTools(
      String said, List<ToolExecutionRequest> calls, List<ToolAnswer> answers, boolean more) {
    List<ChatMessage> all = new ArrayList<>(toolUse);
    all.add(said.isEmpty() ? AiMessage.from(calls) : AiMessage.from(said, calls));
    for (int i = 0; i < calls.size(); i++) {
      ToolAnswer answer = answers.get(i);
      String text = answer.ok() ? answer.text() : "Error: " + answer.text();
      // Some servers refuse an empty message.
      all.add(ToolExecutionResultMessage.from(calls.get(i), text.isBlank() ? "(nothing)" : text));
    }
    return of(plan, all, "", more);
  }

  Prompt to(Target target) {
    // A server that continues a text goes on with it, and does not look at tools.
    boolean prefixed =
        !textSoFar.isEmpty() && target.provider().continuation() == Continuation.PREFIX;
    return new Prompt(
        plan.request().settings().systemPrompt(),
        fitting.getOrDefault(target, shortest()),
        toolUse,
        textSoFar,
        plan.temperature(),
        plan.maxTokens(),
        withTools && !prefixed ? plan.tools().specifications() : List.of());
  }

  private List<Turn> shortest() {
    List<Turn> shortest = plan.request().turns();
    for (List<Turn> turns : fitting.values()) {
      shortest = turns.size() < shortest.size() ? turns : shortest;
    }
    return shortest;
  }

  @Override
  public String toString() {
    return "Question[tool messages=" + toolUse.size() + ", tools=" + withTools + ']';
  }
}

package dev.confab.ai.reply;

import dev.confab.ai.tool.ToolAnswer;
import dev.confab.ai.tool.ToolSet;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Tools that a model asked for at once, until all have answered. Guarded by its reply's lock. */
final class ToolRound {
  /** Takes answers, on a thread of their own. */
  interface Listener {
    void answered(ToolRound round, int index, ToolAnswer answer);
  }

  private static final ToolAnswer TOO_MANY =
      new ToolAnswer(false, "Too many tools at once; ask for fewer.");

  private final String idPrefix;
  private final String said;
  private final List<ToolExecutionRequest> calls;
  private final ToolAnswer[] answers;
  private final List<CompletableFuture<ToolAnswer>> running = new ArrayList<>();
  private int open;

  /**
   * @param idPrefix tells the round from others of the reply
   * @param said what the model said before it asked
   */
  ToolRound(String idPrefix, String said, List<ToolExecutionRequest> calls) {
    this.idPrefix = idPrefix;
    this.said = said;
    this.calls = calls;
    this.answers = new ToolAnswer[calls.size()];
  }

  String said() {
    return said;
  }

  List<ToolExecutionRequest> calls() {
    return calls;
  }

  /** Unique within the reply; what the provider calls it is nobody else's business. */
  String callId(int index) {
    return idPrefix + "." + (index + 1);
  }

  /** Uses the tools; those beyond the bound are refused. */
  void start(ToolSet tools, int maxCalls, Listener listener) {
    open = calls.size();
    for (int i = 0; i < calls.size(); i++) {
      int index = i;
      CompletableFuture<ToolAnswer> answer =
          i < maxCalls ? tools.use(calls.get(i)) : CompletableFuture.completedFuture(TOO_MANY);
      running.add(answer);
      answer.thenAcceptAsync(
          done -> listener.answered(this, index, done), Thread::startVirtualThread);
    }
  }

  /**
   * @return whether all have answered
   */
  boolean answered(int index, ToolAnswer answer) {
    answers[index] = answer;
    return --open == 0;
  }

  List<ToolAnswer> answers() {
    return Arrays.asList(answers);
  }

  /** Nobody waits for the answers any more. */
  void cancel() {
    running.forEach(each -> each.cancel(false));
  }
}

package dev.confab.ai.tool;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.exception.ToolArgumentsException;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The tools of one reply, on one user's account. */
public final class ToolSet {
  /** No tool at all. */
  public static final ToolSet NONE = new ToolSet(List.of(), null, Duration.ZERO, 0);

  private static final Logger LOG = Logger.getLogger("llm");

  private final Map<String, UsableTool> tools = new LinkedHashMap<>();
  private final String userId;
  private final Duration timeout;
  private final int maxChars;

  /**
   * @param timeout longest time of one use
   * @param maxChars longest answer in UTF-16 units
   */
  ToolSet(List<UsableTool> tools, String userId, Duration timeout, int maxChars) {
    tools.forEach(tool -> this.tools.putIfAbsent(tool.name(), tool));
    this.userId = userId;
    this.timeout = timeout;
    this.maxChars = maxChars;
  }

  /** What models are told of them. */
  public List<ToolSpecification> specifications() {
    return tools.values().stream().map(UsableTool::specification).toList();
  }

  /**
   * Uses a tool, on a thread of its own. The answer comes in any case and in time; cancelling it
   * interrupts the tool.
   */
  public CompletableFuture<ToolAnswer> use(ToolExecutionRequest call) {
    CompletableFuture<ToolAnswer> answer = new CompletableFuture<>();
    long startedAt = System.nanoTime();
    Thread worker =
        Thread.ofVirtual().name("tool").start(() -> answer.complete(shortened(run(call))));
    answer
        .completeOnTimeout(
            ToolAnswer.failed("The tool did not answer in time."),
            timeout.toMillis(),
            TimeUnit.MILLISECONDS)
        .whenComplete(
            (done, failure) -> {
              if (worker != Thread.currentThread()) {
                worker.interrupt();
              }
              LOG.infof(
                  "event=tool_used tool=%s ok=%s ms=%d",
                  tools.containsKey(call.name()) ? call.name() : "(unknown)",
                  done != null && done.ok(),
                  TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt));
            });
    return answer;
  }

  private ToolAnswer run(ToolExecutionRequest call) {
    UsableTool tool = tools.get(call.name());
    if (tool == null) {
      return ToolAnswer.failed("There is no such tool.");
    }
    try {
      InvocationContext context = InvocationContext.builder().chatMemoryId(userId).build();
      ToolExecutionResult result = tool.executor().executeWithContext(withArguments(call), context);
      String text = result.resultText();
      return new ToolAnswer(!result.isError(), text == null ? "" : text);
    } catch (ToolArgumentsException e) {
      return ToolAnswer.failed("The arguments are not what the tool takes.");
    } catch (RuntimeException e) {
      return ToolAnswer.failed(reason(e));
    }
  }

  /** Some models leave the arguments out where a tool needs none. */
  private static ToolExecutionRequest withArguments(ToolExecutionRequest call) {
    boolean none = call.arguments() == null || call.arguments().isBlank();
    return none ? call.toBuilder().arguments("{}").build() : call;
  }

  /** Only what was meant for the model is told to it. */
  private static String reason(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ToolRefusal refusal) {
        return refusal.getMessage();
      }
    }
    LOG.infof("event=tool_failed error=%s", failure.getClass().getSimpleName());
    return "The tool failed.";
  }

  private ToolAnswer shortened(ToolAnswer answer) {
    return new ToolAnswer(answer.ok(), Shortened.to(maxChars, answer.text()));
  }
}

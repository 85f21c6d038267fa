package dev.confab.ai.reply;

import dev.confab.ai.tool.ToolAnswer;
import dev.confab.contracts.ai.ReplyFold;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Keeps a reply until it is whole. Guarded by its reply's lock. */
final class WholeOutput implements Output {
  private final ReplyText text = new ReplyText(0, ReplyFold.MAX_LENGTH);
  private final CompletableFuture<Optional<WholeAnswer>> answer = new CompletableFuture<>();

  /** Completes with the answer, or with nothing if there is none. */
  CompletableFuture<Optional<WholeAnswer>> answer() {
    return answer;
  }

  @Override
  public void start() {
    // Nobody waits for the beginning.
  }

  @Override
  public boolean append(String more) {
    text.append(more);
    return !text.isFull();
  }

  @Override
  public void toolCalled(String callId, ToolExecutionRequest call) {
    // Nobody looks on.
  }

  @Override
  public void toolAnswered(String callId, ToolAnswer toolAnswer) {
    // Nobody looks on.
  }

  @Override
  public void complete(Outcome outcome) {
    text.finish();
    answer.complete(
        outcome.error() != null
            ? Optional.empty()
            : Optional.of(
                new WholeAnswer(
                    text.take(ReplyFold.MAX_LENGTH),
                    outcome.model(),
                    outcome.provider(),
                    outcome.usage(),
                    outcome.reason())));
  }

  @Override
  public void completeAt(int length, Outcome outcome) {
    abandon();
  }

  @Override
  public void abandon() {
    answer.complete(Optional.empty());
  }
}

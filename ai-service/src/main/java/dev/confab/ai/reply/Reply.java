package dev.confab.ai.reply;

import dev.confab.ai.provider.Completion;
import dev.confab.ai.provider.LlmClient;
import dev.confab.ai.provider.LlmFailure;
import dev.confab.ai.provider.Target;
import dev.confab.ai.tool.HandOverTool;
import dev.confab.ai.tool.ToolAnswer;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.chat.Usage;
import java.util.Optional;

/**
 * One attempt at a reply: asks a provider, passes on what it says, uses the tools it asks for, asks
 * again or the next provider if it fails, and ends in time. Every step holds the reply's lock and
 * is short.
 */
final class Reply {
  /** What all replies share. */
  record Surroundings(LlmClient llm, Journal journal, Limits limits) {}

  private final CompletionRequested request;
  private final Plan plan;
  private final Output output;
  private final Said said;
  private final LlmClient llm;
  private final Journal journal;
  private final Limits limits;
  private final Runnable onEnd;
  private final Failover failover;
  private final long startedAt = System.nanoTime();
  private final long allowedNanos;

  private Question question;
  private Call call;
  private int saidBeforeCall;
  private ToolRound tools;
  private int rounds;
  private boolean over;
  private Target retryTarget;
  private long retryAt;

  /**
   * @param question the first one
   * @param end runs once, when the reply takes no more room
   */
  Reply(Plan plan, Question question, Output output, Surroundings around, Runnable end) {
    this.plan = plan;
    this.question = question;
    this.request = plan.request();
    this.output = output;
    this.said = new Said(output, request.textSoFar());
    this.llm = around.llm();
    this.journal = around.journal();
    this.limits = around.limits();
    this.onEnd = end;
    this.failover = plan.candidates().isEmpty() ? null : new Failover(plan.candidates());
    this.allowedNanos = limits.nanosUntil(request.deadline());
  }

  int attempt() {
    return request.attempt();
  }

  /** Announces the runner and asks the first provider. */
  synchronized void start() {
    if (over) {
      return;
    }
    output.start();
    if (failover == null || allowedNanos <= 0) {
      end(Outcome.failed(null, null), failover == null ? "no_provider" : "too_late");
    } else {
      ask(failover.current());
    }
  }

  private void ask(Target target) {
    retryTarget = null;
    saidBeforeCall = said.length();
    // It may fail before it returns; then this call is no longer the current one.
    Call asked = new Call(this, target, question.textSoFar());
    call = asked;
    journal.callStarted(request, target, question.withTools());
    asked.connectedTo(llm.start(target, question.to(target), asked));
  }

  synchronized void onText(Call from, String text) {
    if (isStale(from)) {
      return;
    }
    if (from.noteText()) {
      journal.firstToken(from.target(), from.firstToken().toNanos());
    }
    if (!said.say(from.trimmer().accept(text))) {
      from.end();
      ended(from, null, "too_long");
      end(outcome("length", from.target(), null), "length");
    }
  }

  synchronized void onThinking(Call from) {
    if (!isStale(from)) {
      from.noteSign();
    }
  }

  synchronized void onCompleted(Call from, Completion completion) {
    if (isStale(from)) {
      return;
    }
    said.say(from.trimmer().finish());
    said.cost(completion.usage());
    if (!completion.toolCalls().isEmpty() && question.withTools()) {
      ended(from, completion.usage(), "tool");
      Optional<String> person = handOver(completion);
      if (person.isPresent()) {
        end(outcome("tool", from.target(), completion.model()).handedOver(person.get()), "tool");
      } else {
        use(completion);
      }
    } else if (!said.anything()) {
      failed(from, new LlmFailure.Empty());
    } else {
      ended(from, completion.usage(), completion.reason());
      end(outcome(completion.reason(), from.target(), completion.model()), completion.reason());
    }
  }

  /** Why the model wants a person to go on, where one may. */
  private Optional<String> handOver(Completion completion) {
    return Boolean.TRUE.equals(request.canHandOver())
        ? HandOverTool.reasonIn(completion.toolCalls())
        : Optional.empty();
  }

  private void use(Completion completion) {
    failover.succeeded();
    rounds++;
    String id = "a" + request.attempt() + ".r" + rounds;
    tools = new ToolRound(id, said.sinceTools(), completion.toolCalls());
    for (int i = 0; i < tools.calls().size(); i++) {
      output.toolCalled(tools.callId(i), tools.calls().get(i));
    }
    tools.start(plan.tools(), limits.toolCallsPerRound(), this::onToolAnswered);
  }

  private void onToolAnswered(ToolRound round, int index, ToolAnswer answer) {
    if (!note(round, index, answer)) {
      return;
    }
    boolean more = rounds < limits.toolRounds();
    // Nobody else touches the question while tools are used, and counting takes time.
    Question next = question.afterTools(round.said(), round.calls(), round.answers(), more);
    synchronized (this) {
      if (!over) {
        tools = null;
        said.toolsUsed();
        question = next;
        ask(failover.current());
      }
    }
  }

  private synchronized boolean note(ToolRound round, int index, ToolAnswer answer) {
    if (over) {
      return false;
    }
    output.toolAnswered(round.callId(index), answer);
    return round.answered(index, answer);
  }

  synchronized void onFailed(Call from, LlmFailure failure) {
    if (!isStale(from)) {
      failed(from, failure);
    }
  }

  private void failed(Call from, LlmFailure failure) {
    ended(from, null, failure.label());
    boolean spoke = said.length() > saidBeforeCall;
    if (spoke) {
      question = question.continuedFrom(said.sinceTools());
    }
    if (isRefusalOfTools(failure)) {
      question = question.withoutTools();
      ask(from.target());
      return;
    }
    Optional<Failover.Next> next = failover.after(failure, spoke);
    if (next.isEmpty()) {
      end(Outcome.failed(from.target(), said.usage()), "failed");
    } else if (next.get().paused()) {
      retryTarget = next.get().target();
      retryAt = System.nanoTime() + limits.retryPauseNanos();
    } else {
      ask(next.get().target());
    }
  }

  /** Some models know no tools, and say so with an error. */
  private boolean isRefusalOfTools(LlmFailure failure) {
    return question.withTools()
        && question.toolUse().isEmpty()
        && failure instanceof LlmFailure.Status status
        && status.isRefusal();
  }

  /** Looks at the clock. */
  synchronized void tick(long now) {
    if (over) {
      return;
    }
    if (now - startedAt > allowedNanos) {
      endOverdue();
    } else if (call != null) {
      String waitedFor = call.overdue(now, limits);
      if (waitedFor != null) {
        LlmFailure failure = new LlmFailure.TimedOut(waitedFor);
        Call overdue = call;
        overdue.endAsFailed(failure);
        failed(overdue, failure);
      }
    } else if (retryTarget != null && now - retryAt >= 0) {
      ask(retryTarget);
    }
  }

  private void endOverdue() {
    Target target = call == null ? null : call.target();
    if (call != null) {
      call.end();
      ended(call, null, new LlmFailure.TimedOut("total").label());
    }
    end(Outcome.failed(target, said.usage()), "failed");
  }

  /** The reply was fenced: nothing of it is wanted any more. */
  synchronized void cancel() {
    if (!over) {
      output.abandon();
      hangUp("cancelled");
      leave("cancelled");
    }
  }

  /** This replica ends: another one goes on from what was written. */
  synchronized void abort() {
    if (!over) {
      hangUp("shutdown");
      leave("shutdown");
    }
  }

  /** What was said from an offset on could not be written. */
  synchronized void lost(int offset) {
    if (!over) {
      hangUp("unwritten");
      output.completeAt(offset, Outcome.failed(null, said.usage()));
      leave("failed");
    }
  }

  private void hangUp(String label) {
    if (call != null) {
      call.end();
      ended(call, null, label);
    }
  }

  private void ended(Call from, Usage usage, String label) {
    journal.callEnded(request, from.target(), from.age(), from.firstToken(), usage, label);
    call = null;
  }

  private Outcome outcome(String reason, Target target, String model) {
    return Outcome.said(
        reason, model == null ? target.model() : model, target.provider().name(), said.usage());
  }

  private void end(Outcome outcome, String label) {
    output.complete(outcome);
    leave(label);
  }

  private void leave(String label) {
    over = true;
    retryTarget = null;
    if (tools != null) {
      tools.cancel();
    }
    journal.replyEnded(request, label);
    onEnd.run();
  }

  private boolean isStale(Call from) {
    return over || call != from;
  }
}

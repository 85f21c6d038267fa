package dev.confab.ai.reply;

import dev.confab.ai.provider.LlmClient;
import dev.confab.ai.provider.LlmFailure;
import dev.confab.ai.provider.Prompt;
import dev.confab.ai.provider.Target;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.chat.Usage;
import java.util.List;

/**
 * One attempt at a reply: asks a provider, passes on what it says, asks once more if it fails
 * before it said anything, and ends in time. Every step holds the reply's lock and is short.
 */
final class Reply {
  private static final int MAX_CALLS = 2;

  private final CompletionRequested request;
  private final Prompt prompt;
  private final boolean tools;
  private final List<Target> candidates;
  private final ReplyOutput output;
  private final LlmClient llm;
  private final Journal journal;
  private final Limits limits;
  private final Runnable onEnd;
  private final OverlapTrimmer trimmer;
  private final long startedAt = System.nanoTime();
  private final long allowedNanos;

  private Call call;
  private int calls;
  private boolean spoke;
  private boolean over;
  private Target retryTarget;
  private long retryAt;

  Reply(
      Plan plan, ReplyOutput output, LlmClient llm, Journal journal, Limits limits, Runnable end) {
    this.request = plan.request();
    this.prompt = plan.prompt();
    this.tools = plan.tools();
    this.candidates = plan.candidates();
    this.output = output;
    this.llm = llm;
    this.journal = journal;
    this.limits = limits;
    this.onEnd = end;
    this.trimmer = new OverlapTrimmer(prompt.textSoFar());
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
    if (candidates.isEmpty() || allowedNanos <= 0) {
      endFailed(null, candidates.isEmpty() ? "no_provider" : "too_late");
    } else {
      ask(candidates.getFirst());
    }
  }

  private void ask(Target target) {
    calls++;
    retryTarget = null;
    call = new Call(this, target);
    journal.callStarted(request, target, tools);
    // It may fail before it returns; then this call is no longer the current one.
    Call asked = call;
    asked.connectedTo(llm.start(target, prompt, asked));
  }

  synchronized void onText(Call from, String text) {
    if (isStale(from)) {
      return;
    }
    if (from.noteText()) {
      journal.firstToken(from.target(), from.firstToken().toNanos());
    }
    if (!say(trimmer.accept(text))) {
      from.end();
      end(from, Outcome.said("length", from.target().model(), null), "too_long");
    }
  }

  synchronized void onThinking(Call from) {
    if (!isStale(from)) {
      from.noteSign();
    }
  }

  synchronized void onCompleted(Call from, String reason, String model, Usage usage) {
    if (isStale(from)) {
      return;
    }
    say(trimmer.finish());
    if (!spoke && !prompt.isContinued() && !"tool".equals(reason)) {
      retryOrFail(from, true, "empty");
      return;
    }
    String answered = model == null ? from.target().model() : model;
    journal.callEnded(request, from.target(), from.age(), from.firstToken(), usage, reason);
    call = null;
    finish(Outcome.said(reason, answered, usage), reason);
  }

  synchronized void onFailed(Call from, LlmFailure failure) {
    if (!isStale(from)) {
      boolean unknownModel = failure instanceof LlmFailure.Status status && status.code() == 404;
      retryOrFail(from, failure.isWorthRetrying() || unknownModel, failure.label());
    }
  }

  /** Passes text on; false if no more fits. */
  private boolean say(String text) {
    if (text.isEmpty()) {
      return true;
    }
    spoke = true;
    return output.append(text);
  }

  private void retryOrFail(Call from, boolean worthRetrying, String label) {
    Target next = spoke || calls >= MAX_CALLS ? null : next(from.target(), worthRetrying);
    if (next == null) {
      endFailed(from, label);
      return;
    }
    journal.callEnded(request, from.target(), from.age(), from.firstToken(), null, label);
    call = null;
    if (next.provider() != from.target().provider()) {
      ask(next);
    } else {
      retryTarget = next;
      retryAt = System.nanoTime() + limits.retryPauseNanos();
    }
  }

  /** The next provider; if there is no other, the same with the model it surely has. */
  private Target next(Target failed, boolean worthRetrying) {
    for (Target candidate : candidates) {
      if (candidate.provider() != failed.provider()) {
        return candidate;
      }
    }
    String model = failed.provider().defaultModel();
    boolean otherModel = model != null && !model.equals(failed.model());
    return worthRetrying
        ? new Target(failed.provider(), otherModel ? model : failed.model())
        : null;
  }

  /** Looks at the clock. */
  synchronized void tick(long now) {
    if (over) {
      return;
    }
    if (now - startedAt > allowedNanos) {
      endOverdue("total");
    } else if (call != null) {
      String waitedFor = call.overdue(now, limits);
      if (waitedFor != null) {
        endOverdue(waitedFor);
      }
    } else if (retryTarget != null && now - retryAt >= 0) {
      ask(retryTarget);
    }
  }

  private void endOverdue(String waitedFor) {
    LlmFailure failure = new LlmFailure.TimedOut(waitedFor);
    if (call == null) {
      endFailed(null, failure.label());
      return;
    }
    Call overdue = call;
    if (failure.isWorthRetrying()) {
      overdue.endAsUnhealthy();
      retryOrFail(overdue, true, failure.label());
    } else {
      overdue.end();
      endFailed(overdue, failure.label());
    }
  }

  /** The reply was fenced: nothing of it is wanted any more. */
  synchronized void cancel() {
    if (!over) {
      output.abandon();
      hangUp("cancelled");
    }
  }

  /** This replica ends: another one goes on from what was written. */
  synchronized void abort() {
    if (!over) {
      hangUp("shutdown");
    }
  }

  private void hangUp(String label) {
    if (call != null) {
      call.end();
      journal.callEnded(request, call.target(), call.age(), call.firstToken(), null, label);
      call = null;
    }
    leave(label);
  }

  /** What was said from an offset on could not be written. */
  synchronized void lost(int offset) {
    if (over) {
      return;
    }
    if (call != null) {
      call.end();
      journal.callEnded(request, call.target(), call.age(), call.firstToken(), null, "unwritten");
      call = null;
    }
    output.completeAt(offset, Outcome.failed(null));
    leave("failed");
  }

  private void endFailed(Call from, String label) {
    Target target = from == null ? null : from.target();
    end(from, Outcome.failed(target == null ? null : target.model()), label);
  }

  private void end(Call from, Outcome outcome, String label) {
    if (from != null) {
      journal.callEnded(request, from.target(), from.age(), from.firstToken(), null, label);
      call = null;
    }
    finish(outcome, outcome.reason());
  }

  private void finish(Outcome outcome, String label) {
    output.complete(outcome);
    leave(label);
  }

  private void leave(String label) {
    over = true;
    retryTarget = null;
    journal.replyEnded(request, label);
    onEnd.run();
  }

  private boolean isStale(Call from) {
    return over || call != from;
  }
}

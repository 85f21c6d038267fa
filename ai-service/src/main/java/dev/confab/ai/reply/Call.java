package dev.confab.ai.reply;

import dev.confab.ai.provider.Completion;
import dev.confab.ai.provider.LlmCall;
import dev.confab.ai.provider.LlmFailure;
import dev.confab.ai.provider.LlmListener;
import dev.confab.ai.provider.Target;
import java.time.Duration;

/** One call of a reply to a provider, with its times. Guarded by its reply's lock. */
final class Call implements LlmListener {
  private final Reply reply;
  private final Target target;
  private final OverlapTrimmer trimmer;
  private final long startedAt = System.nanoTime();
  private long lastSignAt = startedAt;
  private long firstTextAt;
  private boolean anySign;
  private boolean anyText;
  private LlmCall upstream;

  /**
   * @param textSoFar what the model is to continue
   */
  Call(Reply reply, Target target, String textSoFar) {
    this.reply = reply;
    this.target = target;
    this.trimmer = new OverlapTrimmer(textSoFar);
  }

  Target target() {
    return target;
  }

  OverlapTrimmer trimmer() {
    return trimmer;
  }

  void connectedTo(LlmCall call) {
    upstream = call;
  }

  void end() {
    upstream.end();
  }

  void endAsFailed(LlmFailure failure) {
    upstream.endAsFailed(failure);
  }

  /**
   * @return whether this is the call's first text
   */
  boolean noteText() {
    boolean first = !anyText;
    noteSign();
    if (first) {
      anyText = true;
      firstTextAt = lastSignAt;
    }
    return first;
  }

  void noteSign() {
    anySign = true;
    lastSignAt = System.nanoTime();
  }

  /** What it waited for too long, or null. */
  String overdue(long now, Limits limits) {
    long silence = now - lastSignAt;
    if (!anySign) {
      return silence > limits.firstTokenNanos() ? "first_token" : null;
    }
    return silence > limits.stallNanos() ? "stall" : null;
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }

  /** Null if no text came. */
  Duration firstToken() {
    return anyText ? Duration.ofNanos(firstTextAt - startedAt) : null;
  }

  @Override
  public void onText(String text) {
    reply.onText(this, text);
  }

  @Override
  public void onThinking() {
    reply.onThinking(this);
  }

  @Override
  public void onCompleted(Completion completion) {
    reply.onCompleted(this, completion);
  }

  @Override
  public void onFailed(LlmFailure failure) {
    reply.onFailed(this, failure);
  }
}

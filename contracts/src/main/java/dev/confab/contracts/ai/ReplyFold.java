package dev.confab.contracts.ai;

import dev.confab.contracts.ai.ReplyRecord.ReplyCompleted;
import dev.confab.contracts.ai.ReplyRecord.ReplyDelta;
import dev.confab.contracts.ai.ReplyRecord.ReplyFenced;
import dev.confab.contracts.ai.ReplyRecord.ReplyStarted;
import dev.confab.contracts.ai.ReplyRecord.ReplyToolCalled;
import dev.confab.contracts.ai.ReplyRecord.ReplyToolResult;

/**
 * What the records of one reply mean, applied in partition order. Every reader that begins at or
 * before the reply's first record reaches the same text.
 *
 * <p>The first {@code ReplyStarted} of the current attempt owns the reply; a delta counts if it is
 * the owner's and starts where the text ends; a fence opens the next attempt or ends the reply; the
 * owner's completion ends it. Whatever else arrives is ignored. Not thread-safe.
 */
public final class ReplyFold {
  /** UTF-16 units a reply may have; what goes beyond does not count. */
  public static final int MAX_LENGTH = 1 << 18;

  /** What a record changed. */
  public sealed interface Step {
    /** The record does not count. */
    record Ignored() implements Step {}

    /** An attempt found its owner. */
    record Started(int attempt, String runner) implements Step {}

    /** The text grew by {@code text}, at {@code offset}. */
    record Appended(int offset, String text) implements Step {}

    /**
     * The owner uses a tool, or has its answer; the text is what it was.
     *
     * @param use a {@code ReplyToolCalled} or a {@code ReplyToolResult}
     */
    record ToolUsed(ReplyRecord use) implements Step {}

    /**
     * The owner completed the reply.
     *
     * @param whole whether the text has the length that the owner said; if not, some of it was lost
     */
    record Completed(ReplyCompleted completion, boolean whole) implements Step {}

    /** The attempt is void; {@code attempt + 1} continues the text. */
    record Reopened(int nextAttempt) implements Step {}

    /** A fence ended the reply where it stood. */
    record Ended() implements Step {}
  }

  private sealed interface State {
    record AwaitingStart() implements State {}

    record Running(String runner) implements State {}

    record Over() implements State {}
  }

  private static final Step IGNORED = new Step.Ignored();
  private static final State AWAITING = new State.AwaitingStart();
  private static final State OVER = new State.Over();

  private final StringBuilder text = new StringBuilder();
  private State state = AWAITING;
  private int attempt = 1;

  /** Applies the next record of this reply. */
  public Step apply(ReplyRecord next) {
    if (state == OVER) {
      return IGNORED;
    }
    return switch (next) {
      case ReplyStarted started -> start(started);
      case ReplyDelta delta -> append(delta);
      case ReplyToolCalled called -> tool(called, called.runner());
      case ReplyToolResult result -> tool(result, result.runner());
      case ReplyCompleted completed -> complete(completed);
      case ReplyFenced fenced -> fence(fenced);
    };
  }

  private Step start(ReplyStarted started) {
    if (state != AWAITING || started.attempt() != attempt) {
      return IGNORED;
    }
    state = new State.Running(started.runner());
    return new Step.Started(attempt, started.runner());
  }

  private Step append(ReplyDelta delta) {
    if (!owns(delta.attempt(), delta.runner())
        || delta.offset() != text.length()
        || text.length() + delta.text().length() > MAX_LENGTH) {
      return IGNORED;
    }
    text.append(delta.text());
    return new Step.Appended(delta.offset(), delta.text());
  }

  private Step tool(ReplyRecord use, String runner) {
    return owns(use.attempt(), runner) ? new Step.ToolUsed(use) : IGNORED;
  }

  private Step complete(ReplyCompleted completed) {
    if (!owns(completed.attempt(), completed.runner())) {
      return IGNORED;
    }
    state = OVER;
    return new Step.Completed(completed, completed.length() == text.length());
  }

  private Step fence(ReplyFenced fenced) {
    if (fenced.ends()) {
      // Whoever asked for the end meant the reply, whichever attempt runs by now.
      state = OVER;
      return new Step.Ended();
    }
    if (fenced.attempt() != attempt) {
      return IGNORED;
    }
    attempt++;
    state = AWAITING;
    return new Step.Reopened(attempt);
  }

  private boolean owns(int recordAttempt, String runner) {
    return recordAttempt == attempt
        && state instanceof State.Running running
        && running.runner().equals(runner);
  }

  /** All that counted so far. */
  public String text() {
    return text.toString();
  }

  /** Length of {@link #text()} in UTF-16 units. */
  public int length() {
    return text.length();
  }

  /** The attempt that may write now. */
  public int attempt() {
    return attempt;
  }

  /** Owner of the current attempt, or null while nobody took it on or the reply is over. */
  public String runner() {
    return state instanceof State.Running running ? running.runner() : null;
  }

  /** Whether nothing can change the text any more. */
  public boolean isOver() {
    return state == OVER;
  }
}

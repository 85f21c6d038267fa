package dev.confab.ai.reply;

import dev.confab.ai.tool.Shortened;
import dev.confab.ai.tool.ToolAnswer;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.ai.ReplyFold;
import dev.confab.contracts.ai.ReplyRecord;
import dev.confab.contracts.ai.ReplyRecord.ReplyCompleted;
import dev.confab.contracts.ai.ReplyRecord.ReplyDelta;
import dev.confab.contracts.ai.ReplyRecord.ReplyStarted;
import dev.confab.contracts.ai.ReplyRecord.ReplyToolCalled;
import dev.confab.contracts.ai.ReplyRecord.ReplyToolResult;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What one attempt at a reply has to say, on its way to the stream: filled by the reply, emptied by
 * the {@link StreamWriter}. Holds at most {@link ReplyFold#MAX_LENGTH} characters. Thread-safe.
 */
final class ReplyOutput implements Output {
  /** What happens to the records; called on a Kafka thread, must not block. */
  interface Listener {
    /** The start is on the stream. */
    void started();

    /** The start could not be written; nothing was. */
    void notStarted();

    /** Text from this offset on could not be written. */
    void lost(int offset);
  }

  /** Longest delta in UTF-16 units, far below what the broker takes. */
  private static final int MAX_DELTA = 16_384;

  private static final int MAX_NAME = 100;

  private final CompletionRequested request;
  private final String runner;
  private final StreamWriter writer;
  private final Listener listener;
  private final ReplyText text;
  private final int maxShownChars;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  // The writer's own.
  long sentAt;
  long dueAt;

  /** Comes after the text up to a position in the whole reply. */
  private record ToolUse(int position, ReplyRecord use) {}

  private final Queue<ToolUse> toolUses = new ArrayDeque<>();
  private boolean startTaken;
  private ReplyCompleted completion;
  private boolean over;

  /**
   * @param maxShownChars longest text of or for a tool that people are shown
   */
  ReplyOutput(
      CompletionRequested request,
      String runner,
      int maxShownChars,
      StreamWriter writer,
      Listener listener) {
    this.request = request;
    this.runner = runner;
    this.maxShownChars = maxShownChars;
    this.writer = writer;
    this.listener = listener;
    this.text = new ReplyText(request.textSoFar().length(), ReplyFold.MAX_LENGTH);
  }

  Listener listener() {
    return listener;
  }

  String conversationId() {
    return request.conversationId();
  }

  /** Announces the runner. */
  @Override
  public void start() {
    schedule();
  }

  @Override
  public boolean append(String more) {
    boolean fits;
    synchronized (this) {
      text.append(more);
      fits = !text.isFull();
    }
    schedule();
    return fits;
  }

  @Override
  public void toolCalled(String callId, ToolExecutionRequest call) {
    add(
        new ReplyToolCalled(
            request.conversationId(),
            request.messageId(),
            request.attempt(),
            runner,
            callId,
            Shortened.to(MAX_NAME, call.name() == null ? "" : call.name()),
            Shortened.to(maxShownChars, call.arguments() == null ? "" : call.arguments())));
  }

  @Override
  public void toolAnswered(String callId, ToolAnswer answer) {
    add(
        new ReplyToolResult(
            request.conversationId(),
            request.messageId(),
            request.attempt(),
            runner,
            callId,
            answer.ok(),
            Shortened.to(maxShownChars, answer.text())));
  }

  private void add(ReplyRecord use) {
    synchronized (this) {
      toolUses.add(new ToolUse(text.length(), use));
    }
    schedule();
  }

  @Override
  public void complete(Outcome outcome) {
    synchronized (this) {
      text.finish();
      completion = completed(outcome, text.length());
    }
    schedule();
  }

  @Override
  public void completeAt(int length, Outcome outcome) {
    synchronized (this) {
      toolUses.clear();
      text.take(Integer.MAX_VALUE);
      completion = completed(outcome, length);
    }
    schedule();
  }

  /** Nothing more is written; a start that was not written yet counts as not needed any more. */
  @Override
  public void abandon() {
    boolean unannounced;
    synchronized (this) {
      over = true;
      unannounced = !startTaken;
      startTaken = true;
    }
    if (unannounced) {
      listener.started();
    }
  }

  private ReplyCompleted completed(Outcome outcome, int length) {
    return new ReplyCompleted(
        request.conversationId(),
        request.messageId(),
        request.attempt(),
        runner,
        length,
        outcome.usage(),
        outcome.model(),
        outcome.reason(),
        outcome.error(),
        outcome.handOver());
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      writer.ready(this);
    }
  }

  /** The writer takes what is there from now on; what comes later schedules anew. */
  void unschedule() {
    scheduled.set(false);
  }

  /** Whether nobody gains from waiting for more text. */
  synchronized boolean isUrgent() {
    return !startTaken || completion != null || !toolUses.isEmpty();
  }

  /** The next record to write, or null while there is none. */
  synchronized ReplyRecord next() {
    if (over) {
      return null;
    }
    if (!startTaken) {
      startTaken = true;
      return new ReplyStarted(
          request.conversationId(), request.messageId(), request.attempt(), runner);
    }
    int offset = text.offset();
    if (!toolUses.isEmpty() && toolUses.peek().position() <= offset) {
      return toolUses.poll().use();
    }
    if (text.hasPending()) {
      int limit = toolUses.isEmpty() ? MAX_DELTA : toolUses.peek().position() - offset;
      return new ReplyDelta(
          request.conversationId(),
          request.messageId(),
          request.attempt(),
          runner,
          offset,
          text.take(Math.clamp(limit, 2, MAX_DELTA)));
    }
    if (completion != null) {
      over = true;
      return completion;
    }
    return null;
  }
}

package dev.confab.ai.reply;

import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.ai.ReplyFold;
import dev.confab.contracts.ai.ReplyRecord;
import dev.confab.contracts.ai.ReplyRecord.ReplyCompleted;
import dev.confab.contracts.ai.ReplyRecord.ReplyDelta;
import dev.confab.contracts.ai.ReplyRecord.ReplyStarted;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What one attempt at a reply has to say, on its way to the stream: filled by the reply, emptied by
 * the {@link StreamWriter}. Holds at most {@link ReplyFold#MAX_LENGTH} characters. Thread-safe.
 */
final class ReplyOutput {
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

  private final CompletionRequested request;
  private final String runner;
  private final StreamWriter writer;
  private final Listener listener;
  private final ReplyText text;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  // The writer's own.
  long sentAt;
  long dueAt;

  private boolean startTaken;
  private ReplyCompleted completion;
  private boolean over;

  ReplyOutput(CompletionRequested request, String runner, StreamWriter writer, Listener listener) {
    this.request = request;
    this.runner = runner;
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
  void start() {
    schedule();
  }

  /**
   * Adds the next characters.
   *
   * @return whether more fits
   */
  boolean append(String more) {
    boolean fits;
    synchronized (this) {
      text.append(more);
      fits = !text.isFull();
    }
    schedule();
    return fits;
  }

  /** Says how the reply ended, after all that was appended. */
  void complete(Outcome outcome) {
    synchronized (this) {
      text.finish();
      completion = completed(outcome, text.length());
    }
    schedule();
  }

  /** Says that the reply failed where its text was lost, and drops what would follow. */
  void completeAt(int length, Outcome outcome) {
    synchronized (this) {
      text.take(Integer.MAX_VALUE);
      completion = completed(outcome, length);
    }
    schedule();
  }

  /** Nothing more is written; a start that was not written yet counts as not needed any more. */
  void abandon() {
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
        outcome.error());
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
    return !startTaken || completion != null;
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
    if (text.hasPending()) {
      int offset = text.offset();
      return new ReplyDelta(
          request.conversationId(),
          request.messageId(),
          request.attempt(),
          runner,
          offset,
          text.take(MAX_DELTA));
    }
    if (completion != null) {
      over = true;
      return completion;
    }
    return null;
  }
}

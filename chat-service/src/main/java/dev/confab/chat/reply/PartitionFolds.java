package dev.confab.chat.reply;

import dev.confab.contracts.ai.ReplyFold;
import dev.confab.contracts.ai.ReplyFold.Step;
import dev.confab.contracts.ai.ReplyRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The folds of one partition of {@code ai.stream}, by message. Only replies to which something
 * counted are kept, oldest first, so that the first one says how far offsets may be committed. Used
 * by one thread.
 */
final class PartitionFolds {
  private static final int MAX_REMEMBERED = 4_096;

  private static final class Folding {
    private final ReplyFold fold = new ReplyFold();
    private final long firstOffset;
    private final long firstAtMs;

    private Folding(long firstOffset, long firstAtMs) {
      this.firstOffset = firstOffset;
      this.firstAtMs = firstAtMs;
    }
  }

  private final RunningReplies running;
  private final Map<String, Folding> folds = new LinkedHashMap<>();
  private final Map<String, Boolean> over =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };
  private long next;

  PartitionFolds(RunningReplies running) {
    this.running = running;
  }

  /** A record that counts for nothing, malformed ones too. */
  void skip(long offset) {
    next = offset + 1;
  }

  /** Folds the partition's next record. */
  Optional<FoldResult> apply(long offset, long atMs, ReplyRecord source) {
    next = offset + 1;
    String message = source.messageId();
    if (over.containsKey(message)) {
      return Optional.empty();
    }
    Folding folding = folds.get(message);
    boolean isNew = folding == null;
    if (isNew) {
      folding = new Folding(offset, atMs);
    }
    Step step = folding.fold.apply(source);
    if (isNew && !(step instanceof Step.Ignored)) {
      folds.put(message, folding);
    }
    return settle(source, folding.fold, step, atMs);
  }

  private Optional<FoldResult> settle(ReplyRecord source, ReplyFold fold, Step step, long atMs) {
    String conversation = source.conversationId();
    String message = source.messageId();
    return switch (step) {
      case Step.Ignored ignored -> Optional.empty();
      case Step.Started started -> {
        running.started(conversation, message, started.attempt(), started.runner());
        yield Optional.empty();
      }
      case Step.Appended appended -> {
        if (appended.offset() == 0) {
          running.hasText(message, atMs);
        }
        yield Optional.empty();
      }
      case Step.ToolUsed used -> {
        // Everybody sees it work: the reply has begun.
        running.hasText(message, atMs);
        yield Optional.empty();
      }
      case Step.Completed completed -> {
        forget(message);
        yield Optional.of(
            new FoldResult.Completed(
                conversation, message, fold.text(), completed.completion(), completed.whole()));
      }
      case Step.Ended ended -> {
        forget(message);
        yield Optional.of(new FoldResult.Fenced(conversation, message, fold.text()));
      }
      case Step.Reopened reopened ->
          Optional.of(
              new FoldResult.Reopened(conversation, message, reopened.nextAttempt(), fold.text()));
    };
  }

  private void forget(String message) {
    folds.remove(message);
    over.put(message, true);
    running.gone(message);
  }

  /** Up to where records are no longer needed: the first one of the oldest running reply. */
  long committable() {
    return folds.isEmpty() ? next : folds.values().iterator().next().firstOffset;
  }

  /** Drops replies whose first record is that old; nobody waits for them any more. */
  void dropBefore(long beforeMs) {
    var oldest = folds.entrySet().iterator();
    while (oldest.hasNext()) {
      var each = oldest.next();
      if (each.getValue().firstAtMs >= beforeMs) {
        return;
      }
      running.gone(each.getKey());
      oldest.remove();
    }
  }

  /** Forgets everything; another reader folds it again. */
  void forgetAll() {
    folds.keySet().forEach(running::gone);
    folds.clear();
  }
}

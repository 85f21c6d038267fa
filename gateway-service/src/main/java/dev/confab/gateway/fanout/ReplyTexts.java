package dev.confab.gateway.fanout;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The texts of a conversation's replies as this replica has them: the one that runs, those of which
 * characters came before they were announced, and which have ended. The last two are bounded.
 */
final class ReplyTexts {
  private static final int UNANNOUNCED_LIMIT = 8;
  private static final int ENDED_REMEMBERED = 32;

  private final Map<String, RunningText> unannounced = bounded(UNANNOUNCED_LIMIT);
  private final Map<String, Boolean> ended = bounded(ENDED_REMEMBERED);
  private RunningText running;

  private static <V> Map<String, V> bounded(int limit) {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > limit;
      }
    };
  }

  /** The text that streams now, or null. */
  RunningText running() {
    return running;
  }

  boolean isRunning(String messageId) {
    return running != null && running.messageId().equals(messageId);
  }

  /** A reply was announced: what came in of it before is its beginning. */
  void open(String messageId) {
    var early = unannounced.remove(messageId);
    running = early == null ? new RunningText(messageId) : early;
  }

  /** A reply has ended: nothing of it counts any more. */
  void end(String messageId) {
    if (isRunning(messageId)) {
      running = null;
    }
    unannounced.remove(messageId);
    ended.put(messageId, true);
  }

  /** Takes characters of a reply; returns whether it is the one that streams. */
  boolean take(String messageId, int offset, String text) {
    if (isRunning(messageId)) {
      running.take(offset, text);
      return true;
    }
    if (!ended.containsKey(messageId)) {
      unannounced.computeIfAbsent(messageId, RunningText::new).take(offset, text);
    }
    return false;
  }

  /** Whether the running text waits for characters that have not come in. */
  boolean hasHole() {
    return running != null && running.hasHole();
  }
}

package dev.confab.ai.request;

import java.util.LinkedHashMap;
import java.util.Map;

/** The highest attempt seen of each reply, bounded: the eldest are forgotten. Not thread-safe. */
final class SeenAttempts {
  private final Map<String, Integer> highest;

  SeenAttempts(int bound) {
    this.highest =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > bound;
          }
        };
  }

  /**
   * @return whether neither this attempt nor a later one was seen before
   */
  boolean isNew(String messageId, int attempt) {
    Integer before = highest.get(messageId);
    if (before != null && before >= attempt) {
      return false;
    }
    highest.put(messageId, attempt);
    return true;
  }

  /** An attempt is to be tried again when it is seen next. */
  void forget(String messageId) {
    highest.remove(messageId);
  }
}

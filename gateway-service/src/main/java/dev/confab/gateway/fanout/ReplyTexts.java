package dev.confab.gateway.fanout;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The texts of a conversation's replies as this replica has them: the one that runs, those of which
 * characters came before they were announced, and which have ended. The last two are bounded.
 */
final class ReplyTexts {
  private static final int UNANNOUNCED_LIMIT = 8;
  private static final int ENDED_REMEMBERED = 32;
  private static final int LIVE_LIMIT = 256;

  private final Map<String, RunningText> unannounced = bounded(UNANNOUNCED_LIMIT);
  private final Map<String, Map<String, Frame.Whole>> earlyLive = bounded(UNANNOUNCED_LIMIT);
  private final Set<String> toldLive = new HashSet<>();
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

  /**
   * A reply was announced: what came in of it before is its beginning.
   *
   * @return the live frames that came too early
   */
  List<Frame.Whole> open(String messageId) {
    var early = unannounced.remove(messageId);
    running = early == null ? new RunningText(messageId) : early;
    var live = earlyLive.remove(messageId);
    toldLive.clear();
    if (live == null) {
      return List.of();
    }
    toldLive.addAll(live.keySet());
    return List.copyOf(live.values());
  }

  /** A reply has ended: nothing of it counts any more. */
  void end(String messageId) {
    if (isRunning(messageId)) {
      running = null;
    }
    unannounced.remove(messageId);
    earlyLive.remove(messageId);
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

  /**
   * Takes a live frame of a reply, which may come in again when another replica relays it.
   *
   * @param key tells it from the reply's other live frames
   * @return whether it is to be told now
   */
  boolean takeLive(String messageId, String key, Frame.Whole frame) {
    if (isRunning(messageId)) {
      return toldLive.size() < LIVE_LIMIT && toldLive.add(key);
    }
    if (!ended.containsKey(messageId)) {
      var early = earlyLive.computeIfAbsent(messageId, id -> new LinkedHashMap<>());
      if (early.size() < LIVE_LIMIT) {
        early.putIfAbsent(key, frame);
      }
    }
    return false;
  }

  /** Whether the running text waits for characters that have not come in. */
  boolean hasHole() {
    return running != null && running.hasHole();
  }
}

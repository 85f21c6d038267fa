package dev.confab.ai.control;

import dev.confab.ai.AiConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/** Attempts that are void, remembered for requests that come after their cancellation. */
@ApplicationScoped
public class Cancellations {
  private final Map<String, Integer> lastVoid;

  Cancellations(AiConfig config) {
    int bound = config.requests().remembered();
    this.lastVoid =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > bound;
          }
        };
  }

  synchronized void add(String messageId, int attempt) {
    lastVoid.merge(messageId, attempt, Math::max);
  }

  /** Whether this attempt, or a later one, was cancelled. */
  public synchronized boolean covers(String messageId, int attempt) {
    return lastVoid.getOrDefault(messageId, 0) >= attempt;
  }
}

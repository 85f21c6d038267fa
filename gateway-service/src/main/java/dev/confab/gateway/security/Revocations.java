package dev.confab.gateway.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Sessions that were ended while tokens of theirs are still in time. Bounded by expiry: what no
 * token can name any more is forgotten.
 */
@ApplicationScoped
public class Revocations {
  private final Map<String, Instant> expiryBySession = new ConcurrentHashMap<>();
  private final CopyOnWriteArrayList<Consumer<Set<String>>> listeners =
      new CopyOnWriteArrayList<>();
  private volatile boolean loaded;

  /** Whether no token of that session is to be trusted. */
  public boolean isRevoked(String sessionId) {
    return expiryBySession.containsKey(sessionId);
  }

  /** Whether everything that was revoked before this replica started is known. */
  public boolean loaded() {
    return loaded;
  }

  /** Calls the listener with the ids of sessions that were just revoked. */
  public void onRevoked(Consumer<Set<String>> listener) {
    listeners.add(listener);
  }

  void add(Map<String, Instant> revoked, Instant now) {
    Map<String, Instant> alive = new ConcurrentHashMap<>(revoked);
    alive.values().removeIf(expiry -> !expiry.isAfter(now));
    if (alive.isEmpty()) {
      return;
    }
    expiryBySession.putAll(alive);
    listeners.forEach(listener -> listener.accept(Set.copyOf(alive.keySet())));
  }

  void forgetExpired(Instant now) {
    expiryBySession.values().removeIf(expiry -> !expiry.isAfter(now));
  }

  void markLoaded() {
    loaded = true;
  }

  int size() {
    return expiryBySession.size();
  }
}

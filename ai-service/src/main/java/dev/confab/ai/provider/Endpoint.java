package dev.confab.ai.provider;

import java.util.concurrent.atomic.AtomicInteger;

/** One base URL of a provider: how much runs there, and whether it is avoided for a while. */
final class Endpoint {
  private final String baseUrl;
  private final Breaker breaker;
  private final AtomicInteger running = new AtomicInteger();

  Endpoint(String baseUrl, Breaker breaker) {
    this.baseUrl = baseUrl;
    this.breaker = breaker;
  }

  /** Without a trailing slash; paths of the protocol are added to it. */
  String baseUrl() {
    return baseUrl;
  }

  Breaker breaker() {
    return breaker;
  }

  int running() {
    return running.get();
  }

  void callStarted() {
    running.incrementAndGet();
  }

  void callEnded() {
    running.decrementAndGet();
  }

  /** Whether nothing speaks against it. */
  boolean isSound() {
    return isHealthy() && !breaker.isDoubtful();
  }

  /** Whether a call would pass. */
  boolean isHealthy() {
    return breaker.isPassable();
  }
}

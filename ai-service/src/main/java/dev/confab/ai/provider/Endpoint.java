package dev.confab.ai.provider;

import java.util.concurrent.atomic.AtomicInteger;

/** One base URL of a provider: how much runs there, and whether it is avoided for a while. */
public final class Endpoint {
  private final String baseUrl;
  private final AtomicInteger running = new AtomicInteger();
  private volatile long avoidedUntil = Long.MIN_VALUE;

  Endpoint(String baseUrl) {
    this.baseUrl = baseUrl;
  }

  /** Without a trailing slash; paths of the protocol are added to it. */
  public String baseUrl() {
    return baseUrl;
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

  /** Avoid this endpoint until a reading of {@link System#nanoTime()}. */
  void avoidUntil(long nanoTime) {
    avoidedUntil = nanoTime;
  }

  void answered() {
    avoidedUntil = Long.MIN_VALUE;
  }

  boolean isHealthy(long now) {
    return avoidedUntil == Long.MIN_VALUE || now - avoidedUntil >= 0;
  }
}

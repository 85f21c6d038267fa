package dev.confab.loadtests.client;

/** Somebody under load. */
public record Guest(String userId, String token) {
  /** Redacted. */
  @Override
  public String toString() {
    return "Guest[" + userId + ']';
  }
}

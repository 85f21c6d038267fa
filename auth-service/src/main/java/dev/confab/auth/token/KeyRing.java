package dev.confab.auth.token;

import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The keys at one moment, newest first.
 *
 * @param keys at least one
 */
record KeyRing(List<Key> keys) {
  /** A usable key pair. */
  record Key(
      String kid, PrivateKey secret, ECPublicKey open, Instant createdAt, Instant signsFrom) {
    /** Redacted. */
    @Override
    public String toString() {
      return "Key[" + kid + ", signs from " + signsFrom + "]";
    }
  }

  KeyRing {
    keys = keys.stream().sorted(Comparator.comparing(Key::signsFrom).reversed()).toList();
  }

  /** The newest that may sign by now; where all are yet to come, the first of them. */
  Key signer(Instant now) {
    return keys.stream()
        .filter(key -> !key.signsFrom().isAfter(now))
        .findFirst()
        .orElseGet(keys::getLast);
  }

  Optional<Key> byKid(String kid) {
    return keys.stream().filter(key -> key.kid().equals(kid)).findFirst();
  }

  /** Whether the newest key is so old that its successor should be made. */
  boolean needsSuccessor(Instant now, Duration rotateAfter) {
    return keys.isEmpty() || keys.getFirst().createdAt().plus(rotateAfter).isBefore(now);
  }

  /**
   * Keys with which no living token can be signed: their successor signs for longer than any token
   * lives.
   */
  List<Key> outlived(Instant now, Duration longestTokenLife) {
    return keys.stream()
        .filter(
            key ->
                keys.stream()
                    .anyMatch(
                        successor ->
                            successor.signsFrom().isAfter(key.signsFrom())
                                && successor.signsFrom().plus(longestTokenLife).isBefore(now)))
        .toList();
  }
}

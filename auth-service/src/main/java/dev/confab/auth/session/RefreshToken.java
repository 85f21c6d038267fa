package dev.confab.auth.session;

import dev.confab.auth.token.Sha256;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A refresh token: {@code family.secret}, 256 random bits each. The family stays for the life of
 * the session, the secret changes with each use. Who presents the family with another secret than
 * the present one holds a token that was used before; that needs no list of old tokens.
 *
 * @param family finds the session
 * @param secret must be the present one
 */
record RefreshToken(String family, String secret) {
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern FORM = Pattern.compile("([\\w-]{43})\\.([\\w-]{43})");

  /** The first token of a session. */
  static RefreshToken first() {
    return new RefreshToken(random(), random());
  }

  /** Reads what a client sent; empty if it cannot be one of ours. */
  static Optional<RefreshToken> parse(String sent) {
    var parts = FORM.matcher(sent);
    return parts.matches()
        ? Optional.of(new RefreshToken(parts.group(1), parts.group(2)))
        : Optional.empty();
  }

  /** What takes its place once it was used. */
  RefreshToken next() {
    return new RefreshToken(family, random());
  }

  byte[] familyHash() {
    return Sha256.of(family);
  }

  byte[] secretHash() {
    return Sha256.of(secret);
  }

  boolean hasSecret(byte[] hash) {
    return MessageDigest.isEqual(secretHash(), hash);
  }

  /** What the client gets. */
  String written() {
    return family + '.' + secret;
  }

  private static String random() {
    var bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Redacted. */
  @Override
  public String toString() {
    return "RefreshToken[]";
  }
}

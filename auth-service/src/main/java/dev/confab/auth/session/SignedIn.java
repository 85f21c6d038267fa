package dev.confab.auth.session;

import dev.confab.auth.account.AccountView;

/**
 * The answer to a sign-in.
 *
 * @param accessToken a JWT, for the {@code Authorization} header
 * @param refreshToken good for one use
 * @param tokenType always {@code Bearer}
 * @param expiresIn life of the access token, seconds
 */
public record SignedIn(
    String accessToken, String refreshToken, String tokenType, long expiresIn, AccountView user) {
  /** Redacted. */
  @Override
  public String toString() {
    return "SignedIn[" + user + "]";
  }
}

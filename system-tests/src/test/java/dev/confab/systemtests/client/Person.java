package dev.confab.systemtests.client;

/**
 * Somebody with an account and a session.
 *
 * @param id user id
 * @param accessToken bearer token of the session
 */
public record Person(
    String id, String name, String password, String accessToken, String refreshToken) {
  /** Shows no secret. */
  @Override
  public String toString() {
    return name;
  }
}

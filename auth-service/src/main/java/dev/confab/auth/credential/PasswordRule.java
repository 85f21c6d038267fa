package dev.confab.auth.credential;

import dev.confab.auth.problem.ProblemException;

/** What a new password must be: long enough, whatever it is made of. */
public final class PasswordRule {
  /** Fewest characters (UTF-16 units). */
  public static final int MIN_LENGTH = 10;

  /** Most characters (UTF-16 units). */
  public static final int MAX_LENGTH = 128;

  private PasswordRule() {}

  /**
   * Returns the password if it is fit to be one's password.
   *
   * @throws ProblemException {@code INVALID_VALUE} naming {@code field}
   */
  public static String check(String field, String password) {
    if (password == null || password.length() < MIN_LENGTH || password.length() > MAX_LENGTH) {
      throw ProblemException.invalid(
          field, "A password has %d to %d characters.".formatted(MIN_LENGTH, MAX_LENGTH));
    }
    return password;
  }
}

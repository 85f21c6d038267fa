package dev.confab.auth.account;

import dev.confab.auth.problem.ProblemException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What names and addresses must be. Each rule returns the value in the form that is stored, or
 * refuses it with {@code INVALID_VALUE}, naming the field.
 */
public final class AccountRules {
  private static final int NAME_MAX = 64;
  private static final int EMAIL_MAX = 254;
  private static final int MODEL_MAX = 128;
  private static final Pattern USERNAME = Pattern.compile("[a-z0-9._-]{3,32}");

  /** As browsers check {@code <input type=email>}. */
  private static final Pattern EMAIL =
      Pattern.compile(
          "[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
              + "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*");

  private AccountRules() {}

  /** Case does not tell usernames apart. */
  public static String username(String value) {
    var folded = fold(value);
    if (!USERNAME.matcher(folded).matches()) {
      throw ProblemException.invalid(
          "username", "A username has 3 to 32 of a-z, 0-9, dot, underscore and hyphen.");
    }
    return folded;
  }

  /** Case does not tell addresses apart. */
  public static String email(String value) {
    var folded = fold(value);
    if (folded.length() > EMAIL_MAX || !EMAIL.matcher(folded).matches()) {
      throw ProblemException.invalid("email", "This is not an e-mail address.");
    }
    return folded;
  }

  /** What others see. */
  public static String name(String value) {
    var stripped = value == null ? "" : value.strip();
    int length = stripped.codePointCount(0, stripped.length());
    if (length < 1 || length > NAME_MAX || stripped.chars().anyMatch(Character::isISOControl)) {
      throw ProblemException.invalid(
          "name",
          "A name has 1 to %d characters, none of them control characters.".formatted(NAME_MAX));
    }
    return stripped;
  }

  /** A model's name; null or empty for the installation's own default. */
  public static String defaultModel(String value) {
    var stripped = value == null ? "" : value.strip();
    if (stripped.length() > MODEL_MAX || stripped.chars().anyMatch(Character::isISOControl)) {
      throw ProblemException.invalid(
          "default_model", "A model's name has at most %d characters.".formatted(MODEL_MAX));
    }
    return stripped.isEmpty() ? null : stripped;
  }

  /** {@code auto} or {@code offline}. */
  public static String presence(String value) {
    if (!"auto".equals(value) && !"offline".equals(value)) {
      throw ProblemException.invalid("presence", "Presence is auto or offline.");
    }
    return value;
  }

  static String fold(String value) {
    return value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
  }
}

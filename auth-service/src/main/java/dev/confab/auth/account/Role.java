package dev.confab.auth.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an account may do; its label is what the {@code groups} claim says. */
public enum Role {
  /** Everybody with an account. */
  USER,
  /** Came in without an account of their own. */
  GUEST,
  /** Answers visitors. */
  OPERATOR,
  /** Administers the installation. */
  ADMIN;

  /** As in the {@code groups} claim. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Role> ofLabel(String label) {
    return Arrays.stream(values()).filter(role -> role.label().equals(label)).findFirst();
  }
}

package dev.confab.localstack.suite;

import java.util.List;

/** An account made at the first start. */
public record Account(String username, String email, String password, List<String> roles) {
  @Override
  public String toString() {
    return "Account[" + username + ", " + roles + "]";
  }
}

package dev.confab.localstack.demollm;

/**
 * One message of a request.
 *
 * @param role {@code system}, {@code user}, {@code assistant} or {@code tool}
 * @param name who said it, or null
 */
record Turn(String role, String name, String content) {
  /** Whether it is the answer of a tool. */
  boolean isToolAnswer() {
    return isFrom("tool");
  }

  boolean isFrom(String otherRole) {
    return role.equals(otherRole);
  }
}

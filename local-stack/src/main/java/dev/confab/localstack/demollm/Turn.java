package dev.confab.localstack.demollm;

/**
 * One message of a request.
 *
 * @param role {@code system}, {@code user} or {@code assistant}
 * @param name who said it, or null
 */
record Turn(String role, String name, String content) {
  boolean isFrom(String otherRole) {
    return role.equals(otherRole);
  }
}

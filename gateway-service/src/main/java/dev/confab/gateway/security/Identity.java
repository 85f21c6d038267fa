package dev.confab.gateway.security;

import dev.confab.contracts.chat.Actor;
import java.time.Instant;
import java.util.Set;

/**
 * Who a verified token speaks for.
 *
 * @param userId the {@code sub} claim
 * @param name the {@code name} claim
 * @param roles the {@code groups} claim
 * @param sessionId the {@code sid} claim
 * @param expiresAt the {@code exp} claim
 */
public record Identity(
    String userId, String name, Set<String> roles, String sessionId, Instant expiresAt) {
  /** The one who gives commands. */
  public Actor actor() {
    return new Actor(userId, name, roles);
  }
}

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
 * @param sessionEndsAt the {@code session_exp} claim: the session ends with this token; else null
 */
public record Identity(
    String userId,
    String name,
    Set<String> roles,
    String sessionId,
    Instant expiresAt,
    Instant sessionEndsAt) {
  /** The same for as long as its session lives, at most until the given moment. */
  public Identity lasting(Instant latest) {
    boolean endsBefore = sessionEndsAt != null && sessionEndsAt.isBefore(latest);
    Instant end = endsBefore ? sessionEndsAt : latest;
    return new Identity(userId, name, roles, sessionId, end, sessionEndsAt);
  }

  /** The one who gives commands. */
  public Actor actor() {
    return new Actor(userId, name, roles);
  }
}

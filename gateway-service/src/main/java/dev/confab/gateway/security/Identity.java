package dev.confab.gateway.security;

import dev.confab.contracts.chat.Actor;
import java.time.Instant;
import java.util.List;
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
 * @param conversationId the {@code conversation_id} claim: the one conversation that a visitor's
 *     token is good for; else null
 */
public record Identity(
    String userId,
    String name,
    Set<String> roles,
    String sessionId,
    Instant expiresAt,
    Instant sessionEndsAt,
    String conversationId) {
  /** Role of those who come to a site and talk with its support. */
  public static final String VISITOR = "visitor";

  /** Roles with which a support conversation is open to more than its participants. */
  private static final List<String> STAFF = List.of("admin", "operator");

  /** A visitor of one support conversation, without a token of their own. */
  public static Identity visitor(
      String userId, String name, String conversationId, Instant expiresAt) {
    return new Identity(userId, name, Set.of(VISITOR), "-", expiresAt, expiresAt, conversationId);
  }

  /** The same for as long as its session lives, at most until the given moment. */
  public Identity lasting(Instant latest) {
    boolean endsBefore = sessionEndsAt != null && sessionEndsAt.isBefore(latest);
    Instant end = endsBefore ? sessionEndsAt : latest;
    return new Identity(userId, name, roles, sessionId, end, sessionEndsAt, conversationId);
  }

  /** Whether it speaks for a visitor, who has one conversation and nothing else. */
  public boolean isVisitor() {
    return roles.contains(VISITOR);
  }

  /**
   * The role that opens more than one takes part in, {@code admin} or {@code operator}; or null.
   */
  public String staffRole() {
    return isVisitor() ? null : STAFF.stream().filter(roles::contains).findFirst().orElse(null);
  }

  /** The one who gives commands. */
  public Actor actor() {
    return new Actor(userId, name, roles);
  }
}

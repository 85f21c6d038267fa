package dev.confab.chat.support;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.contracts.chat.HandOverAction;

/**
 * What somebody wants to happen with the answering of a visitor. Kept as JSON while it waits for a
 * reply's fence, so its components are there to stay.
 *
 * @param userId who asks; null for the system
 * @param userName what they are called, or null
 * @param toUserId operator to transfer to, else null
 * @param toUserName what that operator is called, or null
 * @param reason an operator's own words, or the system's reason in the protocol's words; else null
 * @param message what the operator says as soon as the conversation is theirs, else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HandOverAsked(
    HandOverAction action,
    Party by,
    String userId,
    String userName,
    String toUserId,
    String toUserName,
    String reason,
    Words message) {
  /** On whose behalf somebody asks. */
  public enum Party {
    /** Who came with a question. */
    VISITOR,
    /** Who may answer. */
    OPERATOR,
    /** Who may also do what the answering operator may. */
    ADMIN,
    /** Rules and deadlines. */
    SYSTEM
  }

  /** A message that is not stored yet. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Words(String clientId, String content, String replyTo) {
    /** Never shows what is said. */
    @Override
    public String toString() {
      return "Words[" + clientId + ']';
    }
  }

  /** A person shall answer, for a reason of ours. */
  static HandOverAsked request(String reason) {
    return bySystem(HandOverAction.REQUEST, reason);
  }

  /** The operator does not answer, for a reason of ours. */
  static HandOverAsked release(String reason) {
    return bySystem(HandOverAction.RELEASE, reason);
  }

  private static HandOverAsked bySystem(HandOverAction action, String reason) {
    return new HandOverAsked(action, Party.SYSTEM, null, null, null, null, reason, null);
  }

  /** The visitor wants a person. */
  static HandOverAsked byVisitor(String userId, String userName) {
    return new HandOverAsked(
        HandOverAction.REQUEST, Party.VISITOR, userId, userName, null, null, null, null);
  }

  /** Whether this version knows what is meant; another one may have written it. */
  @JsonIgnore
  boolean isUnderstood() {
    return action != null && by != null;
  }

  /** Whether it is the same wish of ours, come again. */
  boolean repeats(HandOverAsked other) {
    return by == Party.SYSTEM && equals(other);
  }

  /** Whether it comes from who answers now, or from somebody who may act for them. */
  boolean isFor(String operatorId) {
    return by == Party.ADMIN || by == Party.SYSTEM || operatorId.equals(userId);
  }
}

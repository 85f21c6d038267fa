package dev.confab.contracts.auth;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** A change of a sign-in, keyed by its session id on a compacted topic. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes(
    @JsonSubTypes.Type(value = SessionEvent.SessionRevoked.class, name = "session_revoked"))
public sealed interface SessionEvent {
  String sessionId();

  /**
   * No token of this session is to be trusted any more.
   *
   * @param sessionId the {@code sid} claim
   * @param userId the {@code sub} claim
   * @param expiresAt when its last access token expires by itself; readers may forget it then
   */
  record SessionRevoked(String sessionId, String userId, Instant expiresAt)
      implements SessionEvent {}
}

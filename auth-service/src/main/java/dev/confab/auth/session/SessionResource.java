package dev.confab.auth.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.auth.audit.AuditLog.Reason;
import dev.confab.auth.session.Session.Kind;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** One's own sign-ins. */
@Path("/api/v1/auth/sessions")
@RunOnVirtualThread
@RolesAllowed({"user", "guest"})
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {
  private final Sessions sessions;
  private final Caller caller;

  SessionResource(Sessions sessions, Caller caller) {
    this.sessions = sessions;
    this.caller = caller;
  }

  /**
   * A sign-in.
   *
   * @param userAgent what signed in, as it called itself; may be absent
   * @param current whether the request came with its token
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SessionView(
      UUID id,
      String userAgent,
      Instant createdAt,
      Instant lastUsedAt,
      Instant expiresAt,
      boolean current) {}

  /** All of them, newest first; their number is bounded, so there is one page. */
  public record SessionList(List<SessionView> items) {}

  /** Lists one's own sign-ins. */
  @GET
  public SessionList list() {
    var current = caller.sessionId();
    return new SessionList(
        sessions.live(caller.userId(), Kind.SIGN_IN).stream()
            .map(session -> view(session, current))
            .toList());
  }

  /** Ends one. */
  @DELETE
  @Path("{id}")
  public void end(UUID id) {
    caller.mustHaveSignedIn();
    sessions.end(caller.userId(), Kind.SIGN_IN, id, Reason.ENDED_BY_OWNER);
  }

  /** Ends all others. */
  @DELETE
  public void endOthers() {
    caller.mustHaveSignedIn();
    sessions.endOthers(caller.userId(), caller.sessionId(), Reason.ENDED_BY_OWNER);
  }

  private static SessionView view(Session session, UUID current) {
    return new SessionView(
        session.id,
        session.label,
        session.createdAt,
        session.lastUsedAt,
        session.expiresAt,
        session.id.equals(current));
  }
}

package dev.confab.auth.token;

import dev.confab.auth.audit.AuditLog;
import dev.confab.auth.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.UUID;

/** Tokens for visitors of support conversations; chat-service, which makes these, asks for them. */
@Path("/internal/visitor-tokens")
@RolesAllowed("service")
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class VisitorTokenResource {
  private static final int NAME_MAX = 80;
  private static final String NAMELESS = "Visitor";

  private final Tokens tokens;
  private final AuditLog audit;

  VisitorTokenResource(Tokens tokens, AuditLog audit) {
    this.tokens = tokens;
    this.audit = audit;
  }

  /**
   * Whom a token is for.
   *
   * @param name what the visitor is called, or null
   */
  public record Asked(String userId, String name, String conversationId) {}

  /** A token; {@code expiresIn} is in seconds. */
  public record Granted(String accessToken, long expiresIn) {
    /** Redacted. */
    @Override
    public String toString() {
      return "Granted[expiresIn=" + expiresIn + "]";
    }
  }

  /** Issues a token of the group {@code visitor} for one conversation. */
  @POST
  public Response token(Asked body) {
    var asked = ProblemException.requireBody(body);
    var visitor = uuid("user_id", asked.userId());
    var conversation = uuid("conversation_id", asked.conversationId());
    var token = tokens.ofVisitor(visitor, name(asked.name()), conversation, Instant.now());
    audit.visitorToken(visitor, conversation);
    return Response.ok(new Granted(token.value(), tokens.visitorLife().toSeconds()))
        .header("Cache-Control", "no-store")
        .build();
  }

  private static UUID uuid(String field, String value) {
    try {
      var id = UUID.fromString(value == null ? "" : value);
      if (id.toString().equals(value)) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      // Refused below, like another spelling.
    }
    throw ProblemException.invalid(field, "A UUID in lower case.");
  }

  private static String name(String name) {
    if (name == null || name.isBlank()) {
      return NAMELESS;
    }
    if (name.length() > NAME_MAX) {
      throw ProblemException.invalid("name", "At most %d characters.".formatted(NAME_MAX));
    }
    return name.strip();
  }
}

package dev.confab.auth.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.auth.AuthConfig;
import dev.confab.auth.account.AccountRules;
import dev.confab.auth.audit.AuditLog.Reason;
import dev.confab.auth.problem.ProblemException;
import dev.confab.auth.session.Session.Kind;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * API tokens, for clients that keep one token for long: JWTs like access tokens, each with a
 * session of its own, so that everybody verifies them alike and their end is announced alike.
 */
@Path("/api/v1/auth/tokens")
@RunOnVirtualThread
@RolesAllowed("user")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ApiTokenResource {
  private final Sessions sessions;
  private final Caller caller;
  private final Duration longest;

  ApiTokenResource(Sessions sessions, Caller caller, AuthConfig config) {
    this.sessions = sessions;
    this.caller = caller;
    this.longest = config.lifetimes().apiToken();
  }

  /** {@code expiresInDays} may be absent: the longest life then. */
  public record NewToken(String name, Integer expiresInDays) {}

  /**
   * An API token.
   *
   * @param id its session
   * @param token the JWT; told once, when it is made
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TokenView(
      UUID id, String name, Instant createdAt, Instant expiresAt, String token) {
    /** Redacted. */
    @Override
    public String toString() {
      return "TokenView[" + id + "]";
    }
  }

  /** All of them, newest first; their number is bounded, so there is one page. */
  public record TokenList(List<TokenView> items) {}

  /** Lists one's own API tokens, without their values. */
  @GET
  public TokenList list() {
    return new TokenList(
        sessions.live(caller.userId(), Kind.API_TOKEN).stream()
            .map(
                token ->
                    new TokenView(token.id, token.label, token.createdAt, token.expiresAt, null))
            .toList());
  }

  /** Makes one. */
  @POST
  public Response make(NewToken body) {
    caller.mustHaveSignedIn();
    var wanted = ProblemException.requireBody(body);
    var name = AccountRules.name(wanted.name());
    var made = sessions.openApiToken(caller.account(), name, life(wanted.expiresInDays()));
    var view =
        new TokenView(
            made.id(), name, made.createdAt(), made.token().expiresAt(), made.token().value());
    return Response.status(201).entity(view).header("Cache-Control", "no-store").build();
  }

  /** Ends one. */
  @DELETE
  @Path("{id}")
  @Consumes(MediaType.WILDCARD)
  public void end(UUID id) {
    caller.mustHaveSignedIn();
    sessions.end(caller.userId(), Kind.API_TOKEN, id, Reason.ENDED_BY_OWNER);
  }

  private Duration life(Integer days) {
    if (days == null) {
      return longest;
    }
    if (days < 1 || days > longest.toDays()) {
      throw ProblemException.invalid(
          "expires_in_days", "An API token lives 1 to %d days.".formatted(longest.toDays()));
    }
    return Duration.ofDays(days);
  }
}

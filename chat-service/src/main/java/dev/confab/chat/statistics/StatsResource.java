package dev.confab.chat.statistics;

import dev.confab.chat.conversation.Caller;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.ErrorCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Set;

/** Statistics: one's own, or for operators and administrators those of all users together. */
@Path("/api/v1/stats")
@RolesAllowed({"user", "guest", "operator", "admin"})
@RunOnVirtualThread
public class StatsResource {
  private final Caller caller;
  private final StatsQueries queries;

  StatsResource(Caller caller, StatsQueries queries) {
    this.caller = caller;
    this.queries = queries;
  }

  /** One's own, or with {@code scope=all} everybody's. */
  @GET
  public Stats stats(@QueryParam("scope") String scope) {
    if (scope == null || "own".equals(scope)) {
      return queries.ofUser(caller.userId());
    }
    if (!"all".equals(scope)) {
      throw ProblemException.invalid("scope", "One of own, all.");
    }
    Set<String> roles = caller.actor().roles();
    if (!roles.contains("operator") && !roles.contains("admin")) {
      throw new ProblemException(ErrorCode.FORBIDDEN, "Your role does not allow this.");
    }
    return queries.ofAll();
  }
}

package dev.confab.chat.search;

import dev.confab.chat.conversation.Page;
import dev.confab.chat.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

/** The same search for a user whom another service names. */
@Path("/internal/search")
@RolesAllowed("service")
@RunOnVirtualThread
public class InternalSearchResource {
  private final SearchRequests requests;

  InternalSearchResource(SearchRequests requests) {
    this.requests = requests;
  }

  /** What this user would find. */
  @GET
  public Page<SearchHit> search(
      @QueryParam("user_id") String userId,
      @QueryParam("q") String text,
      @QueryParam("conversation_id") String conversationId,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") Integer limit) {
    if (userId == null || userId.isBlank() || userId.indexOf('\0') >= 0) {
      throw ProblemException.invalid("user_id", "Name a user.");
    }
    return requests.search(userId, text, conversationId, cursor, limit);
  }
}

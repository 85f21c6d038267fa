package dev.confab.chat.search;

import dev.confab.chat.conversation.Caller;
import dev.confab.chat.conversation.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

/** Search in the messages of one's own conversations. */
@Path("/api/v1/search")
@RolesAllowed({"user", "guest", "operator", "admin"})
@RunOnVirtualThread
public class SearchResource {
  private final Caller caller;
  private final SearchRequests requests;

  SearchResource(Caller caller, SearchRequests requests) {
    this.caller = caller;
    this.requests = requests;
  }

  /**
   * All words, newest first; {@code "…"} for a phrase, {@code or}, {@code -} for a word without.
   */
  @GET
  public Page<SearchHit> search(
      @QueryParam("q") String text,
      @QueryParam("conversation_id") String conversationId,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") Integer limit) {
    return requests.search(caller.userId(), text, conversationId, cursor, limit);
  }
}

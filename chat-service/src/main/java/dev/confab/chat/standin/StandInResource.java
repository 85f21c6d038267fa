package dev.confab.chat.standin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.chat.conversation.Caller;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.chat.Message;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** One's own stand-in in a room: how it answers, what it said, and better words for it. */
@Path("/api/v1/conversations/{id}/stand-in")
@RolesAllowed({"user", "guest", "operator", "admin"})
@RunOnVirtualThread
public class StandInResource {
  /** Whether and how one is answered for. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record OwnStandIn(boolean aiStandIn, String standInNote) {}

  /**
   * What was said in one's name since one was last there; of the last absence where one is back.
   *
   * @param since when one was last there; null if nothing was ever said in one's name
   * @param count how many messages there are
   * @param items the first 200 of them, in order
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Digest(String conversationId, Instant since, int count, List<Said> items) {}

  /** What the stand-in said, and the message it answered, if that is still there. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Said(Message message, Message answered) {}

  /** One's own words in place of what the stand-in said. */
  public record Correction(String content) {}

  private final Caller caller;
  private final StandInQueries queries;
  private final Corrections corrections;

  StandInResource(Caller caller, StandInQueries queries, Corrections corrections) {
    this.caller = caller;
    this.queries = queries;
    this.corrections = corrections;
  }

  /** Whether and how one is answered for. */
  @GET
  public OwnStandIn own(String id) {
    return queries
        .own(conversation(id), caller.userId())
        .orElseThrow(() -> ProblemException.notFound("conversation"));
  }

  /** What was said in one's name while one was away. */
  @GET
  @Path("/digest")
  public Digest digest(String id) {
    return queries
        .digest(conversation(id), caller.userId())
        .orElseThrow(() -> ProblemException.notFound("conversation"));
  }

  /** Replaces what was said in one's name; the words are one's own from then on. */
  @POST
  @Path("/{message_id}/correct")
  public Message correct(
      String id, @PathParam("message_id") String messageId, Correction correction) {
    UUID message = Ids.parse(messageId).orElseThrow(() -> ProblemException.notFound("message"));
    return corrections.correct(
        conversation(id),
        message,
        caller.userId(),
        correction == null ? null : correction.content());
  }

  private static UUID conversation(String id) {
    return Ids.parse(id).orElseThrow(() -> ProblemException.notFound("conversation"));
  }
}

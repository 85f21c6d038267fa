package dev.confab.chat.desk;

import dev.confab.chat.conversation.Caller;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** What a visitor says of their own dialog when it is closed. */
@Path("/api/v1/support/dialogs/{id}/rating")
@RolesAllowed("visitor")
@RunOnVirtualThread
public class RatingResource {
  /**
   * What they think.
   *
   * @param score from 1 (bad) to 5 (good)
   */
  public record Asked(Integer score, String comment) {}

  private final Caller caller;
  private final DialogNotes notes;

  RatingResource(Caller caller, DialogNotes notes) {
    this.caller = caller;
    this.notes = notes;
  }

  /** Rates the dialog; again, to think otherwise. */
  @POST
  public Rating rate(String id, Asked asked) {
    if (asked == null) {
      throw ProblemException.invalid("score", "Send an object with a score.");
    }
    return Ids.parse(id)
        .map(dialog -> notes.rate(dialog, caller.userId(), asked.score(), asked.comment()))
        .orElseThrow(() -> ProblemException.notFound("dialog"));
  }
}

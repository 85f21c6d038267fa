package dev.confab.chat.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.chat.conversation.Caller;
import dev.confab.chat.conversation.ConversationItem;
import dev.confab.chat.problem.ProblemException;
import dev.confab.chat.room.InvitationRows.Offer;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

/** Links into rooms, for those who hold one. What is expired, revoked or used up is not found. */
@Path("/api/v1/invitations/{token}")
@RolesAllowed({"user", "guest", "operator", "admin"})
@RunOnVirtualThread
public class InvitationResource {
  private static final int MAX_TOKEN_CHARS = 100;

  /** Where the link leads; more one learns inside. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Preview(String title, int participantCount) {}

  private final Caller caller;
  private final Invitations invitations;

  InvitationResource(Caller caller, Invitations invitations) {
    this.caller = caller;
    this.invitations = invitations;
  }

  /** What one is invited to. */
  @GET
  public Preview look(String token) {
    Offer offer = invitations.offer(token(token));
    return new Preview(offer.title(), offer.participantCount());
  }

  /** Comes in; who is in already gets the same answer. */
  @POST
  @Path("/accept")
  @Consumes(MediaType.WILDCARD)
  public ConversationItem accept(String token) {
    return invitations.accept(token(token), caller.actor());
  }

  private static InvitationToken token(String text) {
    if (text.length() > MAX_TOKEN_CHARS) {
      throw ProblemException.notFound("invitation");
    }
    return new InvitationToken(text);
  }
}

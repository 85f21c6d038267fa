package dev.confab.chat.room;

import dev.confab.chat.conversation.Caller;
import dev.confab.chat.conversation.Page;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.UUID;

/** Invitations into one room, by its hosts. */
@Path("/api/v1/conversations/{id}/invitations")
@RolesAllowed({"user", "guest", "operator", "admin"})
@RunOnVirtualThread
public class RoomInvitationResource {
  private static final Duration GOOD_FOR = Duration.ofDays(7);
  private static final long SHORTEST_SECONDS = 60;
  private static final long LONGEST_SECONDS = Duration.ofDays(365).toSeconds();
  private static final int MAX_USES = 100_000;
  private static final int MAX_NAME_CHARS = 64;

  /**
   * Whom to invite.
   *
   * @param username who is brought in at once; null for a link
   * @param expiresInSeconds life of the link, null for seven days
   * @param maxUses how many may come in by the link, null for any number
   */
  public record NewInvitation(String username, Long expiresInSeconds, Integer maxUses) {}

  private final Caller caller;
  private final Invitations invitations;

  RoomInvitationResource(Caller caller, Invitations invitations) {
    this.caller = caller;
    this.invitations = invitations;
  }

  /** Brings somebody in by user name and answers with the participant, or makes a link. */
  @POST
  public Response invite(String id, NewInvitation asked) {
    UUID room = room(id);
    Object made =
        asked != null && asked.username() != null
            ? invitations.byUserName(room, caller.actor(), username(asked.username()))
            : invitations.link(room, caller.actor(), goodFor(asked), maxUses(asked));
    return Response.status(Response.Status.CREATED).entity(made).build();
  }

  private static String username(String asked) {
    String name = asked.strip();
    if (name.isEmpty() || name.length() > MAX_NAME_CHARS || name.indexOf('\0') >= 0) {
      throw ProblemException.invalid("username", "1 to " + MAX_NAME_CHARS + " characters.");
    }
    return name;
  }

  private static Duration goodFor(NewInvitation asked) {
    if (asked == null || asked.expiresInSeconds() == null) {
      return GOOD_FOR;
    }
    long seconds = asked.expiresInSeconds();
    if (seconds < SHORTEST_SECONDS || seconds > LONGEST_SECONDS) {
      throw ProblemException.invalid(
          "expires_in_seconds",
          "A whole number from " + SHORTEST_SECONDS + " to " + LONGEST_SECONDS + ".");
    }
    return Duration.ofSeconds(seconds);
  }

  private static Integer maxUses(NewInvitation asked) {
    Integer uses = asked == null ? null : asked.maxUses();
    if (uses != null && (uses < 1 || uses > MAX_USES)) {
      throw ProblemException.invalid("max_uses", "A whole number from 1 to " + MAX_USES + ".");
    }
    return uses;
  }

  /** The links that are good. */
  @GET
  public Page<Invitation> list(String id) {
    return new Page<>(invitations.list(room(id), caller.userId()), null);
  }

  /** Takes a link back. */
  @DELETE
  @Path("/{invitation_id}")
  public void revoke(String id, @PathParam("invitation_id") String invitationId) {
    UUID link = Ids.parse(invitationId).orElseThrow(() -> ProblemException.notFound("invitation"));
    invitations.revoke(room(id), caller.userId(), link);
  }

  private static UUID room(String id) {
    return Ids.parse(id).orElseThrow(() -> ProblemException.notFound("conversation"));
  }
}

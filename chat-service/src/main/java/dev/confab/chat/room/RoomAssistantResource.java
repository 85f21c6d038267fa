package dev.confab.chat.room;

import dev.confab.chat.conversation.Caller;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.AssistantMember;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** Assistants as members of a room. */
@Path("/api/v1/conversations/{id}/assistants")
@RolesAllowed({"user", "guest", "operator", "admin"})
@RunOnVirtualThread
public class RoomAssistantResource {
  /** An assistant to be added. */
  public record NewMember(String assistantId) {}

  private final Caller caller;
  private final RoomAssistants assistants;

  RoomAssistantResource(Caller caller, RoomAssistants assistants) {
    this.caller = caller;
    this.assistants = assistants;
  }

  /** A host adds an assistant. */
  @POST
  public Response add(String id, NewMember asked) {
    UUID room = room(id);
    UUID assistant =
        Ids.parse(asked == null ? null : asked.assistantId())
            .orElseThrow(
                () ->
                    new ProblemException(
                        ErrorCode.NOT_FOUND, "There is no such assistant.", "assistant_id"));
    AssistantMember member = assistants.add(room, caller.userId(), assistant);
    return Response.status(Response.Status.CREATED).entity(member).build();
  }

  /** A host removes an assistant. */
  @DELETE
  @Path("/{assistant_id}")
  public void remove(String id, @PathParam("assistant_id") String assistantId) {
    assistants.remove(room(id), caller.userId(), assistantId);
  }

  private static UUID room(String id) {
    return Ids.parse(id).orElseThrow(() -> ProblemException.notFound("conversation"));
  }
}

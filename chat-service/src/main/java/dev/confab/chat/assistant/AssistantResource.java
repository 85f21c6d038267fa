package dev.confab.chat.assistant;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.chat.conversation.Caller;
import dev.confab.chat.conversation.ConversationCreation;
import dev.confab.chat.conversation.ConversationItem;
import dev.confab.chat.conversation.NewConversation;
import dev.confab.chat.conversation.Page;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;

/** Assistants over REST; another's private one is not there. */
@Path("/api/v1/assistants")
@RolesAllowed({"user", "operator", "admin"})
@RunOnVirtualThread
public class AssistantResource {
  private static final String PATH = "/api/v1/assistants/";
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;
  private static final int MAX_QUERY_CHARS = 200;

  /** A conversation to be begun. */
  public record Start(String title) {}

  private final Caller caller;
  private final Assistants assistants;
  private final ConversationCreation conversations;

  AssistantResource(Caller caller, Assistants assistants, ConversationCreation conversations) {
    this.caller = caller;
    this.assistants = assistants;
    this.conversations = conversations;
  }

  /** One's own and the public ones, newest first. */
  @GET
  @RolesAllowed({"user", "guest", "operator", "admin"})
  public Page<AssistantView> list(
      @QueryParam("mine") boolean mine,
      @QueryParam("q") String text,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") Integer limit) {
    if (text != null && (text.length() > MAX_QUERY_CHARS || text.indexOf('\0') >= 0)) {
      throw ProblemException.invalid("q", "At most " + MAX_QUERY_CHARS + " characters.");
    }
    UUID before = null;
    if (cursor != null && !cursor.isEmpty()) {
      before =
          Ids.parse(cursor)
              .orElseThrow(
                  () -> ProblemException.invalid("cursor", "This is no cursor of this list."));
    }
    int size = limit == null ? DEFAULT_LIMIT : Math.clamp(limit, 1, MAX_LIMIT);
    String wanted = text == null || text.isBlank() ? null : text.strip();
    return assistants.list(caller.userId(), new Assistants.Asked(mine, wanted, before, size));
  }

  /** Makes one of one's own. */
  @POST
  public Response create(JsonNode wanted) {
    return created(assistants.create(caller.actor(), object(wanted)));
  }

  /** One assistant. */
  @GET
  @Path("/{id}")
  @RolesAllowed({"user", "guest", "operator", "admin"})
  public AssistantView get(String id) {
    return view(
        assistants
            .visible(assistant(id), caller.userId())
            .orElseThrow(Assistants::noSuchAssistant));
  }

  /** Changes one's own: a merge patch. */
  @PATCH
  @Path("/{id}")
  public AssistantView patch(String id, JsonNode patch) {
    return view(assistants.patch(assistant(id), caller.actor(), object(patch)));
  }

  /** Deletes one's own; conversations that began with it go on. */
  @DELETE
  @Path("/{id}")
  public void delete(String id) {
    assistants.delete(assistant(id), caller.userId());
  }

  /** Makes a private copy of one's own. */
  @POST
  @Path("/{id}/copy")
  public Response copy(String id) {
    return created(assistants.copy(assistant(id), caller.actor()));
  }

  /** Begins a conversation with it. */
  @POST
  @Path("/{id}/conversations")
  @RolesAllowed({"user", "guest", "operator", "admin"})
  public Response start(String id, Start start) {
    String title = start == null ? null : start.title();
    String assistant = assistant(id).toString();
    ConversationItem made =
        conversations.create(
            caller.actor(), new NewConversation("assistant", title, assistant, null, null, null));
    URI location = URI.create("/api/v1/conversations/" + made.conversation().id());
    return Response.created(location).entity(made).build();
  }

  private Response created(Assistant made) {
    return Response.created(URI.create(PATH + made.id())).entity(view(made)).build();
  }

  private AssistantView view(Assistant assistant) {
    return AssistantView.of(assistant, caller.userId());
  }

  private static JsonNode object(JsonNode body) {
    if (body == null || !body.isObject()) {
      throw ProblemException.invalid("body", "Send an object.");
    }
    return body;
  }

  private static UUID assistant(String id) {
    return Ids.parse(id).orElseThrow(Assistants::noSuchAssistant);
  }
}

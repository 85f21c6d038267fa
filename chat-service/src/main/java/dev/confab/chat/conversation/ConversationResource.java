package dev.confab.chat.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.chat.conversation.ConversationQueries.Wanted;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.problem.ProblemException;
import dev.confab.chat.support.OperatorAccess;
import dev.confab.contracts.chat.Participant;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Conversations over REST; whoever takes no part in one does not find it. */
@Path("/api/v1/conversations")
@RolesAllowed({"user", "guest", "operator", "admin"})
@RunOnVirtualThread
public class ConversationResource {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;
  private static final Duration CLOSED_WITHIN = Duration.ofSeconds(5);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final String ME = "me";
  private static final List<String> STATES = List.of("active", "archived", "deleted");
  private static final List<String> KINDS = List.of("assistant", "room", "support");

  /** The last message of what a new conversation begins with. */
  public record BranchAsked(String messageId) {}

  /** A user to be added. */
  public record NewParticipant(String userId, String name) {}

  private final Caller caller;
  private final ConversationQueries queries;
  private final ConversationCreation creation;
  private final ConversationChanges changes;
  private final ParticipantChanges participantChanges;
  private final Branches branches;
  private final OperatorAccess operators;

  ConversationResource(
      Caller caller,
      ConversationQueries queries,
      ConversationCreation creation,
      ConversationChanges changes,
      ParticipantChanges participantChanges,
      Branches branches,
      OperatorAccess operators) {
    this.caller = caller;
    this.queries = queries;
    this.creation = creation;
    this.changes = changes;
    this.participantChanges = participantChanges;
    this.branches = branches;
    this.operators = operators;
  }

  /** One's conversations, newest activity first; the active ones where no state is named. */
  @GET
  public Page<ConversationItem> list(
      @QueryParam("state") String state,
      @QueryParam("kind") String kind,
      @QueryParam("q") String title,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") Integer limit) {
    var wanted =
        new Wanted(
            oneOf("state", state == null ? STATES.get(0) : state, STATES),
            kind == null ? null : oneOf("kind", kind, KINDS),
            title == null || title.isBlank() ? null : title.strip());
    if (title != null && (title.length() > MAX_LIMIT || title.indexOf('\0') >= 0)) {
      throw ProblemException.invalid("q", "At most " + MAX_LIMIT + " characters.");
    }
    return queries.list(caller.userId(), wanted, cursor, limit(limit));
  }

  private static String oneOf(String field, String value, List<String> allowed) {
    if (!allowed.contains(value)) {
      throw ProblemException.invalid(field, "One of " + String.join(", ", allowed) + ".");
    }
    return value;
  }

  /** Makes a conversation whose host one is. */
  @POST
  public Response create(NewConversation asked) {
    ConversationItem made = creation.create(caller.actor(), asked);
    URI location = URI.create("/api/v1/conversations/" + made.conversation().id());
    return Response.created(location).entity(made).build();
  }

  /** One conversation. */
  @GET
  @Path("/{id}")
  @RolesAllowed({"visitor", "user", "guest", "operator", "admin"})
  public ConversationItem get(String id) {
    return find(conversation(id));
  }

  /** Changes title and settings (hosts), or how it is listed for oneself. */
  @PATCH
  @Path("/{id}")
  public ConversationItem patch(String id, JsonNode patch) {
    if (patch == null || !patch.isObject()) {
      throw ProblemException.invalid("body", "Send an object.");
    }
    return changes.patch(conversation(id), caller.userId(), patch);
  }

  /**
   * Closes a conversation. 204 when it is closed; 202 when a running reply's fence is still to be
   * read back, after which it closes by itself.
   */
  @DELETE
  @Path("/{id}")
  public Response close(String id) throws InterruptedException {
    UUID conversation = conversation(id);
    boolean closed = changes.close(conversation, caller.userId());
    long giveUp = System.nanoTime() + CLOSED_WITHIN.toNanos();
    while (!closed && System.nanoTime() < giveUp) {
      Thread.sleep(LOOK_EVERY);
      closed = !find(conversation).conversation().isActive();
    }
    return closed ? Response.noContent().build() : Response.accepted().build();
  }

  /** Makes a conversation of one's own out of this one's beginning. */
  @POST
  @Path("/{id}/branch")
  public Response branch(String id, BranchAsked asked) {
    UUID message =
        Ids.parse(asked == null ? null : asked.messageId())
            .orElseThrow(() -> ProblemException.notFound("message"));
    UUID made = branches.branch(conversation(id), message, caller.actor());
    return Response.created(URI.create("/api/v1/conversations/" + made)).entity(find(made)).build();
  }

  /** Opens a closed conversation again. */
  @POST
  @Path("/{id}/restore")
  public ConversationItem restore(String id) {
    UUID conversation = conversation(id);
    changes.restore(conversation, caller.userId());
    return find(conversation);
  }

  /** Who takes part. */
  @GET
  @Path("/{id}/participants")
  public Page<Participant> participants(
      String id, @QueryParam("cursor") String cursor, @QueryParam("limit") Integer limit) {
    UUID conversation = conversation(id);
    if (!queries.isParticipant(conversation, caller.userId())
        && !operators.mayRead(conversation, caller.actor())) {
      throw ProblemException.notFound("conversation");
    }
    return queries.participants(conversation, cursor, limit(limit));
  }

  /** A host adds a user. */
  @POST
  @Path("/{id}/participants")
  public Response add(String id, NewParticipant asked) {
    String user = ConversationCreation.userId(asked == null ? null : asked.userId(), "user_id");
    if (asked.name() != null && asked.name().length() > MAX_LIMIT) {
      throw ProblemException.invalid("name", "At most " + MAX_LIMIT + " characters.");
    }
    Participant added =
        participantChanges.add(conversation(id), caller.userId(), user, asked.name());
    return Response.status(Response.Status.CREATED).entity(added).build();
  }

  /** A host makes somebody host or member. */
  @PATCH
  @Path("/{id}/participants/{user_id}")
  public Participant change(String id, @PathParam("user_id") String userId, JsonNode patch) {
    String meant = ME.equals(userId) ? caller.userId() : userId;
    return participantChanges.patch(conversation(id), caller.userId(), meant, patch);
  }

  /** One leaves, or a host removes a user. */
  @DELETE
  @Path("/{id}/participants/{user_id}")
  public void remove(String id, @PathParam("user_id") String userId) {
    String leaving = ME.equals(userId) ? caller.userId() : userId;
    participantChanges.remove(conversation(id), caller.userId(), leaving);
  }

  private ConversationItem find(UUID conversation) {
    return queries
        .find(conversation, caller.userId())
        .or(() -> asOperator(conversation))
        .orElseThrow(() -> ProblemException.notFound("conversation"));
  }

  private Optional<ConversationItem> asOperator(UUID conversation) {
    return operators.mayRead(conversation, caller.actor())
        ? queries.look(conversation)
        : Optional.empty();
  }

  private static UUID conversation(String id) {
    return Ids.parse(id).orElseThrow(() -> ProblemException.notFound("conversation"));
  }

  private static int limit(Integer asked) {
    return asked == null ? DEFAULT_LIMIT : Math.clamp(asked, 1, MAX_LIMIT);
  }
}

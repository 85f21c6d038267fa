package dev.confab.chat.internal;

import dev.confab.chat.command.CommandApplication;
import dev.confab.chat.command.Way;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.chat.Changes;
import dev.confab.contracts.chat.ChatCommand;
import dev.confab.contracts.chat.ChatEvent;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The paths that gateways use beside Kafka. */
@Path("/internal")
@RolesAllowed("service")
@RunOnVirtualThread
public class InternalResource {
  private static final int MAX_COMMANDS = 100;
  private static final int MAX_HEADS = 1_000;
  private static final int DEFAULT_CHANGES = 200;
  private static final int MAX_CHANGES = 500;

  /**
   * What came of commands, in their order. One that waits for a reply's fence is not among them; it
   * is answered by an event later.
   */
  public record Outcomes(List<ChatEvent> outcomes) {}

  /** Conversations to be looked at, 1,000 at most. */
  public record HeadsAsked(List<String> ids) {}

  /** Where conversations stand; unknown ids are absent. */
  public record Heads(List<Head> heads) {}

  /** Where a conversation stands. */
  public record Head(String conversationId, long lastSeq, String history) {}

  private final CommandApplication application;
  private final ChangeQueries changes;

  InternalResource(CommandApplication application, ChangeQueries changes) {
    this.application = application;
    this.changes = changes;
  }

  /** Applies commands in one transaction, in order; needs the database alone. */
  @POST
  @Path("/commands")
  public Outcomes commands(List<ChatCommand> commands) {
    if (commands == null || commands.isEmpty() || commands.size() > MAX_COMMANDS) {
      throw ProblemException.invalid("commands", "Send 1 to " + MAX_COMMANDS + " commands.");
    }
    if (commands.stream().anyMatch(Objects::isNull)) {
      throw ProblemException.invalid("commands", "A command is missing.");
    }
    List<ChatEvent> outcomes = application.apply(commands, Way.REQUEST);
    return new Outcomes(outcomes.stream().filter(Objects::nonNull).toList());
  }

  /** One consistent look at what changed in a conversation. */
  @GET
  @Path("/conversations/{id}/changes")
  public Changes changes(
      String id,
      @QueryParam("after_seq") Long afterSeq,
      @QueryParam("history") String history,
      @QueryParam("user_id") String userId,
      @QueryParam("role") String role,
      @QueryParam("limit") Integer limit) {
    int page = limit == null ? DEFAULT_CHANGES : Math.clamp(limit, 1, MAX_CHANGES);
    var asked = new ChangeQueries.Asked(afterSeq, history, userId, role, page);
    return Ids.parse(id)
        .flatMap(conversation -> changes.read(conversation, asked))
        .orElseThrow(() -> ProblemException.notFound("conversation"));
  }

  /** Where many conversations stand. */
  @POST
  @Path("/heads")
  public Heads heads(HeadsAsked asked) {
    if (asked == null || asked.ids() == null || asked.ids().size() > MAX_HEADS) {
      throw ProblemException.invalid("ids", "Name up to " + MAX_HEADS + " conversations.");
    }
    List<UUID> ids = asked.ids().stream().map(Ids::parse).flatMap(Optional::stream).toList();
    return new Heads(changes.heads(ids));
  }
}

package dev.confab.chat.room;

import dev.confab.chat.command.CommandApplication;
import dev.confab.chat.command.Way;
import dev.confab.chat.conversation.Caller;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.chat.ChatCommand.React;
import dev.confab.contracts.chat.ChatEvent;
import dev.confab.contracts.chat.ChatEvent.CommandRejected;
import dev.confab.contracts.chat.ChatEvent.MessageChanged;
import dev.confab.contracts.chat.Message;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** One's own reaction to a message, by its emoji. */
@Path("/api/v1/conversations/{id}/messages/{message_id}/reactions/{emoji}")
@RolesAllowed({"user", "guest", "operator", "admin"})
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
public class ReactionResource {
  private final Caller caller;
  private final CommandApplication application;

  ReactionResource(Caller caller, CommandApplication application) {
    this.caller = caller;
    this.application = application;
  }

  /** Has it stand. */
  @PUT
  public Message react(String id, @PathParam("message_id") String messageId, String emoji) {
    return apply(id, messageId, emoji, true);
  }

  /** Takes it back. */
  @DELETE
  public Message takeBack(String id, @PathParam("message_id") String messageId, String emoji) {
    return apply(id, messageId, emoji, false);
  }

  private Message apply(String id, String messageId, String emoji, boolean on) {
    if (Ids.parse(id).isEmpty()) {
      throw ProblemException.notFound("conversation");
    }
    React command =
        new React(Ids.next().toString(), id, caller.actor(), null, messageId, emoji, on);
    ChatEvent outcome = application.apply(List.of(command), Way.REQUEST).get(0);
    return switch (outcome) {
      case MessageChanged changed -> changed.message();
      case CommandRejected no -> throw new ProblemException(no.code(), no.message(), no.field());
      default -> throw new IllegalStateException("no outcome of a reaction: " + outcome.getClass());
    };
  }
}

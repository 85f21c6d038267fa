package dev.confab.chat.support;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.command.CommandApplication;
import dev.confab.chat.conversation.Caller;
import dev.confab.chat.conversation.ConversationItem;
import dev.confab.chat.conversation.ConversationQueries;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.ledger.Reads;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.chat.ChatCommand.HandOver;
import dev.confab.contracts.chat.ChatEvent;
import dev.confab.contracts.chat.ChatEvent.CommandRejected;
import dev.confab.contracts.chat.HandOverAction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Who answers in a support conversation, over REST. 200 with the conversation when it is done; 202
 * when a running reply's fence is still to be read back, after which it is decided by itself; 409
 * says who answers.
 */
@Path("/api/v1/support/dialogs")
@RolesAllowed({"operator", "admin"})
@RunOnVirtualThread
public class HandOverResource {
  private static final String NAME = "SELECT o.name FROM operators o WHERE o.user_id = ?";

  /** Why, in the asking side's words, or null. */
  public record Reason(String reason) {}

  /**
   * Where a conversation goes.
   *
   * @param to {@code queue} (also where nothing is said) or {@code assistant}
   */
  public record Release(String to, String reason) {}

  /** Who shall answer from now on. */
  public record Transfer(String userId, String userName, String reason) {}

  private record Wish(HandOverAction action, String toUserId, String toUserName, String reason) {
    static Wish of(HandOverAction action, String reason) {
      return new Wish(action, null, null, reason);
    }
  }

  private final Caller caller;
  private final CommandApplication application;
  private final ConversationQueries queries;
  private final OperatorAccess operators;
  private final Reads reads;
  private final ChatConfig.Support config;

  HandOverResource(
      Caller caller,
      CommandApplication application,
      ConversationQueries queries,
      OperatorAccess operators,
      Reads reads,
      ChatConfig config) {
    this.caller = caller;
    this.application = application;
    this.queries = queries;
    this.operators = operators;
    this.reads = reads;
    this.config = config.support();
  }

  /** A person shall answer; the visitor asks for one, or an operator puts it into the queue. */
  @POST
  @Path("/{id}/handoff")
  @RolesAllowed({"visitor", "user", "guest", "operator", "admin"})
  public Response handoff(String id, Reason asked) throws InterruptedException {
    return wish(id, Wish.of(HandOverAction.REQUEST, asked == null ? null : asked.reason()));
  }

  /** One answers from now on. */
  @POST
  @Path("/{id}/claim")
  public Response claim(String id, Reason asked) throws InterruptedException {
    return wish(id, Wish.of(HandOverAction.CLAIM, asked == null ? null : asked.reason()));
  }

  /** One answers no longer: the next operator does, or the assistant. */
  @POST
  @Path("/{id}/release")
  public Response release(String id, Release asked) throws InterruptedException {
    String to = asked == null || asked.to() == null ? "queue" : asked.to();
    HandOverAction action =
        switch (to) {
          case "queue" -> HandOverAction.RELEASE;
          case "assistant" -> HandOverAction.HAND_BACK;
          default -> throw ProblemException.invalid("to", "One of queue, assistant.");
        };
    return wish(id, Wish.of(action, asked == null ? null : asked.reason()));
  }

  /** Another operator answers from now on. */
  @POST
  @Path("/{id}/transfer")
  public Response transfer(String id, Transfer asked) throws InterruptedException {
    if (asked == null || asked.userId() == null || asked.userId().isBlank()) {
      throw ProblemException.invalid("user_id", "Say to whom the conversation shall go.");
    }
    String name = asked.userName() == null ? nameOf(asked.userId()) : asked.userName();
    return wish(id, new Wish(HandOverAction.TRANSFER, asked.userId(), name, asked.reason()));
  }

  /** The conversation is over; its visitor may say so too. */
  @POST
  @Path("/{id}/close")
  @RolesAllowed({"visitor", "user", "guest", "operator", "admin"})
  public Response close(String id, Reason asked) throws InterruptedException {
    return wish(id, Wish.of(HandOverAction.CLOSE, asked == null ? null : asked.reason()));
  }

  private String nameOf(String userId) {
    return reads.plain(c -> Reads.all(c, NAME, rows -> rows.getString("name"), userId)).stream()
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private Response wish(String id, Wish wish) throws InterruptedException {
    UUID conversation = Ids.parse(id).orElseThrow(() -> ProblemException.notFound("conversation"));
    HandOver command =
        new HandOver(
            Ids.next().toString(),
            conversation.toString(),
            caller.actor(),
            null,
            wish.action(),
            wish.toUserId(),
            wish.toUserName(),
            wish.reason());
    Optional<ChatEvent> outcome = application.applyAndWait(command, config.fencedWithin());
    if (outcome.isPresent() && outcome.get() instanceof CommandRejected no) {
      throw new ProblemException(no.code(), no.message(), no.field());
    }
    return (outcome.isPresent() ? Response.ok() : Response.accepted())
        .entity(item(conversation))
        .build();
  }

  private ConversationItem item(UUID conversation) {
    return queries
        .find(conversation, caller.userId())
        .or(
            () ->
                operators.mayRead(conversation, caller.actor())
                    ? queries.look(conversation)
                    : Optional.empty())
        .orElseThrow(() -> ProblemException.notFound("conversation"));
  }
}

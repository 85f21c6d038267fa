package dev.confab.chat.message;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.command.CommandApplication;
import dev.confab.chat.conversation.Caller;
import dev.confab.chat.conversation.ConversationQueries;
import dev.confab.chat.conversation.Page;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.problem.ProblemException;
import dev.confab.chat.support.OperatorAccess;
import dev.confab.contracts.chat.ChatCommand.SendMessage;
import dev.confab.contracts.chat.ChatEvent;
import dev.confab.contracts.chat.ChatEvent.CommandAccepted;
import dev.confab.contracts.chat.ChatEvent.CommandRejected;
import dev.confab.contracts.chat.ChatEvent.MessageAdded;
import dev.confab.contracts.chat.Message;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A conversation's messages over REST. */
@Path("/api/v1/conversations/{id}/messages")
@RolesAllowed({"visitor", "user", "guest", "operator", "admin"})
@RunOnVirtualThread
public class MessageResource {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;

  /** A message to be stored. */
  public record NewMessage(String content, String clientId, String replyTo, String assistantId) {}

  private final Caller caller;
  private final ConversationQueries conversations;
  private final MessageQueries messages;
  private final CommandApplication application;
  private final OperatorAccess operators;
  private final ChatConfig.Support config;

  MessageResource(
      Caller caller,
      ConversationQueries conversations,
      MessageQueries messages,
      CommandApplication application,
      OperatorAccess operators,
      ChatConfig config) {
    this.caller = caller;
    this.conversations = conversations;
    this.messages = messages;
    this.application = application;
    this.operators = operators;
    this.config = config.support();
  }

  /** A page by birth, ascending; without a position the last one. */
  @GET
  public Page<MessageItem> list(
      String id,
      @QueryParam("after_seq") Long afterSeq,
      @QueryParam("before_seq") Long beforeSeq,
      @QueryParam("limit") Integer asked) {
    UUID conversation = conversation(id);
    if (!conversations.isParticipant(conversation, caller.userId())
        && !operators.mayRead(conversation, caller.actor())) {
      throw ProblemException.notFound("conversation");
    }
    int limit = asked == null ? DEFAULT_LIMIT : Math.clamp(asked, 1, MAX_LIMIT);
    long before = beforeSeq == null ? Long.MAX_VALUE : beforeSeq;
    List<MessageItem> page =
        afterSeq == null
            ? messages.before(conversation, caller.userId(), before, limit)
            : messages.after(conversation, caller.userId(), afterSeq, before, limit);
    return new Page<>(page, null);
  }

  /** Stores a message; the same {@code client_id} again answers with the first one. */
  @POST
  public Response send(String id, @HeaderParam("Idempotency-Key") String key, NewMessage message)
      throws InterruptedException {
    if (message == null) {
      throw ProblemException.invalid("content", "Send an object with content.");
    }
    SendMessage command =
        new SendMessage(
            Ids.next().toString(),
            conversation(id).toString(),
            caller.actor(),
            null,
            message.clientId() == null ? key : message.clientId(),
            message.content(),
            message.replyTo(),
            message.assistantId());
    Optional<ChatEvent> outcome = application.applyAndWait(command, config.fencedWithin());
    if (outcome.isEmpty()) {
      return Response.accepted().build();
    }
    return switch (outcome.get()) {
      case MessageAdded added -> created(added.message());
      case CommandAccepted done -> created(stored(id, done.messageId()));
      case CommandRejected no -> throw new ProblemException(no.code(), no.message(), no.field());
      default ->
          throw new IllegalStateException("no outcome of a message: " + outcome.get().getClass());
    };
  }

  private static Response created(Message message) {
    return Response.status(Response.Status.CREATED).entity(message).build();
  }

  /** What was stored after a fence, found by its own id. */
  private Message stored(String id, String messageId) {
    return messages.find(conversation(id), UUID.fromString(messageId)).orElseThrow().toContract();
  }

  private static UUID conversation(String id) {
    return Ids.parse(id).orElseThrow(() -> ProblemException.notFound("conversation"));
  }
}

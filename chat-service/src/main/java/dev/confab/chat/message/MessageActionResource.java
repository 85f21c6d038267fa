package dev.confab.chat.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.command.CommandApplication;
import dev.confab.chat.conversation.Caller;
import dev.confab.chat.conversation.ConversationQueries;
import dev.confab.chat.conversation.Page;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.ChatCommand;
import dev.confab.contracts.chat.ChatCommand.EditMessage;
import dev.confab.contracts.chat.ChatCommand.RequestReply;
import dev.confab.contracts.chat.ChatEvent;
import dev.confab.contracts.chat.ChatEvent.CommandAccepted;
import dev.confab.contracts.chat.ChatEvent.CommandRejected;
import dev.confab.contracts.chat.ChatEvent.MessageChanged;
import dev.confab.contracts.chat.Message;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** What can be done with one message over REST: ask for another answer, choose one, judge it. */
@Path("/api/v1/conversations/{id}/messages/{message_id}")
@RolesAllowed({"user", "guest", "operator", "admin"})
@RunOnVirtualThread
public class MessageActionResource {
  private static final int MAX_COMMENT_CHARS = 2_000;
  private static final int MAX_KEY_CHARS = 100;

  /** One's own message in other words, and who shall answer it. */
  public record Edit(String content, String assistantId) {}

  /** Who shall answer, or null for the conversation's own. */
  public record Asked(String assistantId) {}

  /**
   * A reply that will be written.
   *
   * @param message what it answers, if that was changed
   * @param replyId id of the reply
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Coming(Message message, String replyId) {}

  /** One's opinion of a reply: {@code up}, {@code down} or {@code none}. */
  public record Feedback(String value, String comment) {}

  private final Caller caller;
  private final ConversationQueries conversations;
  private final MessageQueries messages;
  private final CommandApplication application;
  private final Choices choices;
  private final Feedbacks feedbacks;
  private final ObjectMapper json;

  MessageActionResource(
      Caller caller,
      ConversationQueries conversations,
      MessageQueries messages,
      CommandApplication application,
      Choices choices,
      Feedbacks feedbacks,
      ObjectMapper json) {
    this.caller = caller;
    this.conversations = conversations;
    this.messages = messages;
    this.application = application;
    this.choices = choices;
    this.feedbacks = feedbacks;
    this.json = json;
  }

  /**
   * Edits one's own message in place and has it answered anew, both or neither. What was said after
   * it stays, and is not told to who answers.
   */
  @POST
  @Path("/edit-and-answer")
  public Response editAndAnswer(
      String id,
      @PathParam("message_id") String messageId,
      @HeaderParam("Idempotency-Key") String key,
      Edit edit) {
    StoredMessage message = message(id, messageId);
    if (edit == null) {
      throw ProblemException.invalid("content", "Send an object with content.");
    }
    String target = message.id().toString();
    if (messages.isBeingAnswered(message.conversationId(), caller.userId(), message.id())) {
      throw new ProblemException(
          ErrorCode.CONFLICT, "Its reply is still being written; stop that first.");
    }
    List<ChatEvent> outcomes =
        applied(
            new EditMessage(
                commandId(key, "edit"),
                message.conversationId().toString(),
                caller.actor(),
                null,
                target,
                edit.content()),
            request(message, target, edit.assistantId(), key));
    Message edited = ((MessageChanged) outcomes.get(0)).message();
    String reply = ((CommandAccepted) outcomes.get(1)).messageId();
    return Response.accepted(new Coming(edited, reply)).build();
  }

  /** Has a message answered once more, or the message that a reply answers. */
  @POST
  @Path("/regenerate")
  @Consumes(MediaType.WILDCARD)
  public Response regenerate(
      String id,
      @PathParam("message_id") String messageId,
      @HeaderParam("Idempotency-Key") String key,
      String body)
      throws JsonProcessingException {
    StoredMessage message = message(id, messageId);
    UUID turn = message.isReply() ? message.replyTo() : message.id();
    // Most ask for nothing in particular, and send no body.
    Asked asked = body == null || body.isBlank() ? null : json.readValue(body, Asked.class);
    String assistant = asked == null ? null : asked.assistantId();
    var outcomes = applied(request(message, turn.toString(), assistant, key));
    String reply = ((CommandAccepted) outcomes.get(0)).messageId();
    return Response.accepted(new Coming(null, reply)).build();
  }

  /** All replies to a message, or to the one that a reply answers, oldest first. */
  @GET
  @Path("/alternatives")
  public Page<MessageItem> alternatives(String id, @PathParam("message_id") String messageId) {
    StoredMessage message = message(id, messageId);
    UUID turn = message.isReply() ? message.replyTo() : message.id();
    return new Page<>(messages.replies(message.conversationId(), caller.userId(), turn), null);
  }

  /** Says that this reply counts, of all to one message. */
  @POST
  @Path("/choose")
  public Message choose(String id, @PathParam("message_id") String messageId) {
    StoredMessage message = message(id, messageId);
    return choices.choose(message.conversationId(), message.id(), caller.userId());
  }

  /** Says what one thinks of a reply. */
  @PUT
  @Path("/feedback")
  public MessageItem feedback(
      String id, @PathParam("message_id") String messageId, Feedback feedback) {
    StoredMessage message = message(id, messageId);
    String value = feedback == null ? null : feedback.value();
    if (value == null || !List.of("up", "down", "none").contains(value)) {
      throw ProblemException.invalid("value", "One of up, down, none.");
    }
    String comment = feedback.comment();
    if (comment != null && comment.length() > MAX_COMMENT_CHARS) {
      throw ProblemException.invalid("comment", "At most " + MAX_COMMENT_CHARS + " characters.");
    }
    if (!StoredMessage.TYPE_ASSISTANT.equals(message.messageType())) {
      throw new ProblemException(ErrorCode.CONFLICT, "Only replies are judged.");
    }
    if ("none".equals(value)) {
      feedbacks.takeBack(caller.userId(), message.conversationId(), message.id());
      return new MessageItem(message.toContract(), null, null);
    }
    String stored = MessageText.storable(comment);
    feedbacks.put(caller.userId(), message.conversationId(), message.id(), value, stored);
    return new MessageItem(message.toContract(), value, null);
  }

  private RequestReply request(StoredMessage message, String turn, String assistantId, String key) {
    return new RequestReply(
        commandId(key, "answer"),
        message.conversationId().toString(),
        caller.actor(),
        null,
        turn,
        assistantId);
  }

  private List<ChatEvent> applied(ChatCommand... commands) {
    List<ChatEvent> outcomes = application.applyUntilRefused(List.of(commands));
    if (outcomes.get(outcomes.size() - 1) instanceof CommandRejected no) {
      throw new ProblemException(no.code(), no.message(), no.field());
    }
    return outcomes;
  }

  /** The same key of the same user is the same command. */
  private String commandId(String key, String what) {
    if (key == null) {
      return Ids.next().toString();
    }
    if (key.isBlank() || key.length() > MAX_KEY_CHARS) {
      throw ProblemException.invalid("Idempotency-Key", "1 to " + MAX_KEY_CHARS + " characters.");
    }
    String name = what + ' ' + caller.userId() + ' ' + key;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** The message, if the caller may see it and it was not deleted. */
  private StoredMessage message(String id, String messageId) {
    UUID conversation =
        Ids.parse(id)
            .filter(c -> conversations.isParticipant(c, caller.userId()))
            .orElseThrow(() -> ProblemException.notFound("conversation"));
    return Ids.parse(messageId)
        .flatMap(m -> messages.find(conversation, m))
        .filter(m -> !m.isDeleted())
        .orElseThrow(() -> ProblemException.notFound("message"));
  }
}

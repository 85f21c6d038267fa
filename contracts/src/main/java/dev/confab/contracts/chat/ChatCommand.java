package dev.confab.contracts.chat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * What a client asks of a conversation. Repeating a command with its {@code commandId} changes
 * nothing and repeats its outcome.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ChatCommand.SendMessage.class, name = "send_message"),
  @JsonSubTypes.Type(value = ChatCommand.RequestReply.class, name = "request_reply"),
  @JsonSubTypes.Type(value = ChatCommand.StopReply.class, name = "stop_reply"),
  @JsonSubTypes.Type(value = ChatCommand.EditMessage.class, name = "edit_message"),
  @JsonSubTypes.Type(value = ChatCommand.DeleteMessage.class, name = "delete_message"),
  @JsonSubTypes.Type(value = ChatCommand.MarkRead.class, name = "mark_read"),
  @JsonSubTypes.Type(value = ChatCommand.React.class, name = "react"),
  @JsonSubTypes.Type(value = ChatCommand.HandOver.class, name = "hand_over")
})
public sealed interface ChatCommand {
  String commandId();

  String conversationId();

  Actor actor();

  /** Null where no connection waits for the outcome (REST). */
  Origin origin();

  /**
   * Store a message.
   *
   * @param clientId the sender's own id of the message; with conversation and sender it is unique
   * @param replyTo id of the message it answers, or null
   * @param assistantId assistant or model that shall answer, or null for the conversation's own
   */
  record SendMessage(
      String commandId,
      String conversationId,
      Actor actor,
      Origin origin,
      String clientId,
      String content,
      String replyTo,
      String assistantId)
      implements ChatCommand {}

  /** Ask for a (further) reply to a message; attaches to one that is queued or running. */
  record RequestReply(
      String commandId,
      String conversationId,
      Actor actor,
      Origin origin,
      String messageId,
      String assistantId)
      implements ChatCommand {}

  /** Stop a reply, named by its own id or by the message it answers. */
  record StopReply(
      String commandId, String conversationId, Actor actor, Origin origin, String messageId)
      implements ChatCommand {}

  /** Replace the content of one's own message. */
  record EditMessage(
      String commandId,
      String conversationId,
      Actor actor,
      Origin origin,
      String messageId,
      String content)
      implements ChatCommand {}

  /** Delete a message: its place stays, its content goes. */
  record DeleteMessage(
      String commandId, String conversationId, Actor actor, Origin origin, String messageId)
      implements ChatCommand {}

  /**
   * React to a message, or take one's reaction back.
   *
   * @param on whether one's reaction with this emoji shall stand
   */
  record React(
      String commandId,
      String conversationId,
      Actor actor,
      Origin origin,
      String messageId,
      String emoji,
      boolean on)
      implements ChatCommand {}

  /**
   * Change who answers in a support conversation.
   *
   * @param toUserId operator to transfer to, else null
   * @param toUserName what that operator is called, or null
   * @param reason in the asking side's words, or null; at most 200 characters
   */
  record HandOver(
      String commandId,
      String conversationId,
      Actor actor,
      Origin origin,
      HandOverAction action,
      String toUserId,
      String toUserName,
      String reason)
      implements ChatCommand {}

  /** Move one's own read position; it never moves back. */
  record MarkRead(String commandId, String conversationId, Actor actor, Origin origin, long seq)
      implements ChatCommand {}
}

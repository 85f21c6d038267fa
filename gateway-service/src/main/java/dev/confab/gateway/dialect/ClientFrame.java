package dev.confab.gateway.dialect;

import dev.confab.contracts.chat.HandOverAction;

/** What a client asks for, whatever protocol it speaks. */
public sealed interface ClientFrame {
  /** The conversation it is about; null if it is about none. */
  default String conversationId() {
    return null;
  }

  /** Prove who one is, or renew the proof. */
  record Auth(String token) implements ClientFrame {
    @Override
    public String toString() {
      return "Auth[token=***]";
    }
  }

  /**
   * Follow a conversation.
   *
   * @param afterSeq the last number the client has settled, or null for no old messages
   * @param history the history that number belongs to, or null
   */
  record Join(String conversationId, Long afterSeq, String history) implements ClientFrame {}

  /** Stop following a conversation. */
  record Leave(String conversationId) implements ClientFrame {}

  /** Send a message; everything but conversation and content may be null. */
  record Send(
      String conversationId, String content, String clientId, String replyTo, String assistantId)
      implements ClientFrame {}

  /** Ask for a reply to a message. */
  record RequestReply(String conversationId, String messageId, String assistantId)
      implements ClientFrame {}

  /** Stop a reply. */
  record StopReply(String conversationId, String messageId) implements ClientFrame {}

  /** Change one's own message. */
  record Edit(String conversationId, String messageId, String content) implements ClientFrame {}

  /** Delete a message. */
  record Delete(String conversationId, String messageId) implements ClientFrame {}

  /** Have one's reaction to a message stand, or take it back. */
  record React(String conversationId, String messageId, String emoji, boolean on)
      implements ClientFrame {}

  /** Begin or end typing. */
  record Typing(String conversationId, boolean isTyping) implements ClientFrame {}

  /** Move one's own read position. */
  record MarkRead(String conversationId, long seq) implements ClientFrame {}

  /** Hear of every change in the queue of dialogs that one works. */
  record WatchDesk() implements ClientFrame {}

  /** Hear of it no more. */
  record UnwatchDesk() implements ClientFrame {}

  /** Ask for a sign of life. */
  record Ping() implements ClientFrame {}

  /**
   * Who shall answer a visitor from now on.
   *
   * @param userId operator to transfer to, or null
   * @param userName what that operator is called, or null
   * @param reason in the sender's words, or null
   */
  record HandOver(
      String conversationId, HandOverAction action, String userId, String userName, String reason)
      implements ClientFrame {}
}

package dev.confab.chat.message;

import java.time.Instant;
import java.util.UUID;

/** Messages at their birth, by who says them; the caller has given the number. */
public final class Births {
  private Births() {}

  /** What a person said, born complete. */
  public static StoredMessage ofUser(
      UUID conversationId,
      long seq,
      UUID id,
      String senderId,
      String senderName,
      String content,
      String clientId,
      UUID replyTo,
      Instant now) {
    return new StoredMessage(
        conversationId,
        seq,
        id,
        seq,
        StoredMessage.TYPE_USER,
        StoredMessage.KIND_TEXT,
        senderId,
        senderName,
        null,
        content,
        clientId,
        replyTo,
        MessageStatus.COMPLETE,
        null,
        null,
        null,
        now,
        null);
  }

  /** What all participants shall know of the conversation; nobody said it. */
  public static StoredMessage notice(
      UUID conversationId, long seq, UUID id, String content, Instant now) {
    return new StoredMessage(
        conversationId,
        seq,
        id,
        seq,
        StoredMessage.TYPE_SYSTEM,
        StoredMessage.KIND_TEXT,
        StoredMessage.TYPE_SYSTEM,
        "System",
        null,
        content,
        null,
        null,
        MessageStatus.COMPLETE,
        null,
        null,
        null,
        now,
        null);
  }

  /** What an assistant says first, before anybody asked. */
  public static StoredMessage greeting(
      UUID conversationId,
      long seq,
      UUID id,
      String assistantId,
      String senderName,
      String content,
      Instant now) {
    return new StoredMessage(
        conversationId,
        seq,
        id,
        seq,
        StoredMessage.TYPE_ASSISTANT,
        StoredMessage.KIND_TEXT,
        assistantId,
        senderName,
        null,
        content,
        null,
        null,
        MessageStatus.COMPLETE,
        null,
        null,
        null,
        now,
        null);
  }

  /** A reply at its birth, in nobody's name. */
  public static StoredMessage ofReply(
      UUID conversationId,
      long seq,
      UUID id,
      String assistantId,
      String senderName,
      UUID turnId,
      Instant now) {
    return ofReply(conversationId, seq, id, assistantId, senderName, turnId, null, now);
  }

  /** A reply at its birth: nothing said yet; {@code onBehalfOf} is a member or null. */
  public static StoredMessage ofReply(
      UUID conversationId,
      long seq,
      UUID id,
      String assistantId,
      String senderName,
      UUID turnId,
      String onBehalfOf,
      Instant now) {
    return new StoredMessage(
        conversationId,
        seq,
        id,
        seq,
        StoredMessage.TYPE_ASSISTANT,
        StoredMessage.KIND_AI_RESPONSE,
        assistantId,
        senderName,
        onBehalfOf,
        "",
        null,
        turnId,
        MessageStatus.STREAMING,
        null,
        null,
        null,
        now,
        null);
  }
}

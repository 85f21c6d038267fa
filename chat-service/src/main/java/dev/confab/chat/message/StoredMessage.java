package dev.confab.chat.message;

import dev.confab.chat.conversation.Instants;
import dev.confab.contracts.chat.Message;
import dev.confab.contracts.chat.Usage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/**
 * A message as stored.
 *
 * @param seq number of its birth
 * @param changedSeq number of its last change
 * @param content null once deleted
 * @param chosenSeq number under which this reply was chosen among several, or null
 * @param details what it is beyond its text, never null
 */
public record StoredMessage(
    UUID conversationId,
    long seq,
    UUID id,
    long changedSeq,
    String messageType,
    String kind,
    String senderId,
    String senderName,
    String onBehalfOf,
    String content,
    String clientId,
    UUID replyTo,
    MessageStatus status,
    String finishReason,
    String model,
    Usage usage,
    Instant createdAt,
    Instant editedAt,
    Long chosenSeq,
    MessageDetails details) {
  /** Said by a person. */
  public static final String TYPE_USER = "user";

  /** Said by an assistant. */
  public static final String TYPE_ASSISTANT = "assistant";

  /** Said by a person who answers visitors. */
  public static final String TYPE_OPERATOR = "operator";

  /** Said by nobody: what became of the conversation. */
  public static final String TYPE_SYSTEM = "system";

  /** What a person wrote. */
  public static final String KIND_TEXT = "text";

  /** What an AI wrote. */
  public static final String KIND_AI_RESPONSE = "ai_response";

  /** Somebody else answers from now on. */
  public static final String KIND_HANDOFF = "handoff";

  /** An honest sentence in place of a reply. */
  public static final String KIND_FALLBACK = "fallback";

  /** The columns that {@link #read} expects, of a table aliased {@code m}. */
  public static final String COLUMNS =
      "m.conversation_id, m.seq, m.id, m.changed_seq, m.message_type, m.kind, m.sender_id,"
          + " m.sender_name, m.on_behalf_of, m.content, m.client_id, m.reply_to, m.status,"
          + " m.finish_reason, m.model, m.prompt_tokens, m.completion_tokens, m.total_tokens,"
          + " m.created_at, m.edited_at, m.chosen_seq, m.details::text AS details";

  /** A message that is its text, and was never chosen among others. */
  public StoredMessage(
      UUID conversationId,
      long seq,
      UUID id,
      long changedSeq,
      String messageType,
      String kind,
      String senderId,
      String senderName,
      String onBehalfOf,
      String content,
      String clientId,
      UUID replyTo,
      MessageStatus status,
      String finishReason,
      String model,
      Usage usage,
      Instant createdAt,
      Instant editedAt) {
    this(
        conversationId,
        seq,
        id,
        changedSeq,
        messageType,
        kind,
        senderId,
        senderName,
        onBehalfOf,
        content,
        clientId,
        replyTo,
        status,
        finishReason,
        model,
        usage,
        createdAt,
        editedAt,
        null,
        MessageDetails.NONE);
  }

  /** Reads the row under the cursor. */
  public static StoredMessage read(ResultSet rows) throws SQLException {
    return new StoredMessage(
        rows.getObject("conversation_id", UUID.class),
        rows.getLong("seq"),
        rows.getObject("id", UUID.class),
        rows.getLong("changed_seq"),
        rows.getString("message_type"),
        rows.getString("kind"),
        rows.getString("sender_id"),
        rows.getString("sender_name"),
        rows.getString("on_behalf_of"),
        rows.getString("content"),
        rows.getString("client_id"),
        rows.getObject("reply_to", UUID.class),
        MessageStatus.of(rows.getString("status")),
        rows.getString("finish_reason"),
        rows.getString("model"),
        readUsage(rows),
        Instants.read(rows, "created_at"),
        Instants.read(rows, "edited_at"),
        rows.getObject("chosen_seq", Long.class),
        MessageDetails.read(rows.getString("details")));
  }

  private static Usage readUsage(ResultSet rows) throws SQLException {
    int total = rows.getInt("total_tokens");
    return rows.wasNull()
        ? null
        : new Usage(rows.getInt("prompt_tokens"), rows.getInt("completion_tokens"), total);
  }

  /** The same with other words. */
  public StoredMessage edited(String newContent, long newSeq, Instant now) {
    return changed(newSeq, kind, newContent, status, finishReason, model, usage, now);
  }

  /** What a stand-in said, in the words of the member it spoke for: theirs from now on. */
  public StoredMessage corrected(String newContent, long newSeq, Instant now) {
    return changed(
        newSeq, KIND_TEXT, newContent, MessageStatus.COMPLETE, finishReason, model, usage, now);
  }

  /** The same with its content gone; its place stays. */
  public StoredMessage deleted(long newSeq, Instant now) {
    return changed(newSeq, kind, null, MessageStatus.DELETED, finishReason, model, usage, now)
        .with(details.withoutText(), newSeq);
  }

  /** A reply's end. */
  public StoredMessage ended(ReplyText text, long newSeq) {
    String newKind = text.fallback() ? KIND_FALLBACK : kind;
    return changed(
        newSeq,
        newKind,
        text.content(),
        text.status(),
        text.finishReason(),
        text.model(),
        text.usage(),
        null);
  }

  private StoredMessage changed(
      long newSeq,
      String newKind,
      String newContent,
      MessageStatus newStatus,
      String newFinishReason,
      String newModel,
      Usage newUsage,
      Instant newEditedAt) {
    return new StoredMessage(
        conversationId,
        seq,
        id,
        newSeq,
        messageType,
        newKind,
        senderId,
        senderName,
        onBehalfOf,
        newContent,
        clientId,
        replyTo,
        newStatus,
        newFinishReason,
        newModel,
        newUsage,
        createdAt,
        newEditedAt,
        chosenSeq,
        details);
  }

  /** A reply chosen among several to one message. */
  public StoredMessage chosen(long newSeq) {
    return with(newSeq, newSeq, details);
  }

  /** The same, being more than its text. */
  public StoredMessage with(MessageDetails newDetails, long newSeq) {
    return with(newSeq, chosenSeq, newDetails);
  }

  private StoredMessage with(long newSeq, Long newChosenSeq, MessageDetails newDetails) {
    return new StoredMessage(
        conversationId,
        seq,
        id,
        newSeq,
        messageType,
        kind,
        senderId,
        senderName,
        onBehalfOf,
        content,
        clientId,
        replyTo,
        status,
        finishReason,
        model,
        usage,
        createdAt,
        editedAt,
        newChosenSeq,
        newDetails);
  }

  /** Of several replies to one message the one with the highest rank counts. */
  public long rank() {
    return chosenSeq == null ? seq : chosenSeq;
  }

  /** Whether it is an assistant's answer to a message. */
  public boolean isReply() {
    return TYPE_ASSISTANT.equals(messageType) && replyTo != null;
  }

  /** Whether it is a reply in the making. */
  public boolean isStreaming() {
    return status == MessageStatus.STREAMING;
  }

  /** Whether its content is gone. */
  public boolean isDeleted() {
    return status == MessageStatus.DELETED;
  }

  /** What clients see. */
  public Message toContract() {
    return new Message(
        id.toString(),
        conversationId.toString(),
        seq,
        changedSeq,
        messageType,
        kind,
        senderId,
        senderName,
        onBehalfOf,
        content,
        clientId,
        replyTo == null ? null : replyTo.toString(),
        status.wire(),
        finishReason,
        model,
        usage,
        createdAt,
        editedAt,
        chosenSeq,
        details.handoff(),
        details.mentions(),
        details.reactions());
  }

  /** Never shows what was said. */
  @Override
  public String toString() {
    return "StoredMessage[" + id + " seq=" + seq + " status=" + status + ']';
  }
}

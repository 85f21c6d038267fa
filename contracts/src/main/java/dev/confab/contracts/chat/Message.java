package dev.confab.contracts.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * A stored chat message as clients see it; the field names are the protocol's.
 *
 * @param seq number of its birth in the conversation
 * @param changedSeq number of its last change ({@code seq} if never changed)
 * @param messageType {@code user}, {@code assistant}, {@code operator} or {@code system}
 * @param kind {@code text}, {@code ai_response}, {@code fallback} or {@code handoff}
 * @param content null once deleted
 * @param status {@code complete}, {@code streaming}, {@code stopped}, {@code interrupted}, {@code
 *     failed} or {@code deleted}
 * @param finishReason for ended replies {@code stop}, {@code length}, {@code stopped}, {@code
 *     interrupted}, {@code failed} or {@code tool}
 * @param chosenSeq number under which this reply was chosen among several to one message, null if
 *     it never was; of several the one counts whose {@code chosenSeq}, else {@code seq}, is highest
 * @param handoff the change of who answers that this message tells of, else null
 * @param mentions ids of the users and assistants it addresses by name, null for none
 * @param reactions null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Message(
    String id,
    String conversationId,
    long seq,
    long changedSeq,
    String messageType,
    String kind,
    String senderId,
    String senderName,
    String onBehalfOf,
    String content,
    String clientId,
    String replyTo,
    String status,
    String finishReason,
    String model,
    Usage usage,
    Instant createdAt,
    Instant editedAt,
    Long chosenSeq,
    Handoff handoff,
    List<String> mentions,
    List<Reaction> reactions) {
  /** A message that says no more than its text. */
  public Message(
      String id,
      String conversationId,
      long seq,
      long changedSeq,
      String messageType,
      String kind,
      String senderId,
      String senderName,
      String onBehalfOf,
      String content,
      String clientId,
      String replyTo,
      String status,
      String finishReason,
      String model,
      Usage usage,
      Instant createdAt,
      Instant editedAt) {
    this(
        id,
        conversationId,
        seq,
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
        null,
        null,
        null);
  }
}

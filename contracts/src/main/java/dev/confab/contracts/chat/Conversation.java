package dev.confab.contracts.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * A conversation as all its participants see it; the field names are the protocol's.
 *
 * @param kind {@code assistant}, {@code room}, {@code support}, or {@code backstage} where the
 *     operators of a support conversation talk with each other
 * @param owner who answers: {@code assistant}, {@code waiting}, {@code operator}, {@code member} or
 *     {@code none}
 * @param ownerEpoch how many times the owner changed
 * @param assistantName what the assistant was called when the conversation began
 * @param siteId the site that a support conversation belongs to, else null
 * @param participants null above 200; {@code participantCount} is always there
 * @param lastSeq number of the last shared change
 * @param assistants members of a room beside its people, null for none
 * @param history renewed when a backup was restored; a position is valid within one history only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Conversation(
    String id,
    String kind,
    String title,
    String owner,
    long ownerEpoch,
    String operatorId,
    String assistantId,
    String assistantName,
    String siteId,
    Settings settings,
    List<Participant> participants,
    int participantCount,
    long lastSeq,
    String history,
    String lastMessagePreview,
    boolean sensitive,
    boolean isActive,
    Instant createdAt,
    Instant updatedAt,
    List<AssistantMember> assistants) {
  /** Up to this many participants are listed, and told of each message on their own channels. */
  public static final int LISTED_PARTICIPANTS = 200;

  /** A conversation without assistants as members. */
  public Conversation(
      String id,
      String kind,
      String title,
      String owner,
      long ownerEpoch,
      String operatorId,
      String assistantId,
      String assistantName,
      String siteId,
      Settings settings,
      List<Participant> participants,
      int participantCount,
      long lastSeq,
      String history,
      String lastMessagePreview,
      boolean sensitive,
      boolean isActive,
      Instant createdAt,
      Instant updatedAt) {
    this(
        id,
        kind,
        title,
        owner,
        ownerEpoch,
        operatorId,
        assistantId,
        assistantName,
        siteId,
        settings,
        participants,
        participantCount,
        lastSeq,
        history,
        lastMessagePreview,
        sensitive,
        isActive,
        createdAt,
        updatedAt,
        null);
  }
}

package dev.confab.contracts.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.confab.contracts.ErrorCode;
import java.time.Instant;
import java.util.List;

/**
 * What happened in a conversation. Events with a {@code seq} are numbered changes: that number, not
 * the order on the topic, is their order. A reader may see any event more than once.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ChatEvent.MessageAdded.class, name = "message_added"),
  @JsonSubTypes.Type(value = ChatEvent.MessageChanged.class, name = "message_changed"),
  @JsonSubTypes.Type(value = ChatEvent.ReplyOpened.class, name = "reply_opened"),
  @JsonSubTypes.Type(value = ChatEvent.ReplyEnded.class, name = "reply_ended"),
  @JsonSubTypes.Type(value = ChatEvent.ConversationChanged.class, name = "conversation_changed"),
  @JsonSubTypes.Type(value = ChatEvent.OwnerChanged.class, name = "owner_changed"),
  @JsonSubTypes.Type(value = ChatEvent.ReadPositionMoved.class, name = "read_position_moved"),
  @JsonSubTypes.Type(value = ChatEvent.StandInDigest.class, name = "stand_in_digest"),
  @JsonSubTypes.Type(value = ChatEvent.DialogChanged.class, name = "dialog_changed"),
  @JsonSubTypes.Type(value = ChatEvent.CommandAccepted.class, name = "command_accepted"),
  @JsonSubTypes.Type(value = ChatEvent.CommandRejected.class, name = "command_rejected")
})
public sealed interface ChatEvent {
  String conversationId();

  /** The command this is the outcome of, or null. */
  String commandId();

  /** Where that command came in, or null. */
  Origin origin();

  /** A change that has a number. */
  sealed interface Numbered extends ChatEvent {
    long seq();

    /** User ids to tell on their own channels; null in big rooms. */
    List<String> participants();
  }

  /** A message was stored; it is also the outcome of its {@code SendMessage}. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MessageAdded(
      String conversationId,
      long seq,
      Message message,
      List<String> participants,
      String commandId,
      Origin origin)
      implements Numbered {}

  /** A message was edited or deleted ({@code status}). */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MessageChanged(
      String conversationId,
      long seq,
      Message message,
      List<String> participants,
      String commandId,
      Origin origin)
      implements Numbered {}

  /** A reply begins; its text follows on {@code ai.stream}. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ReplyOpened(
      String conversationId,
      long seq,
      RunningReply reply,
      List<String> participants,
      String commandId,
      Origin origin)
      implements Numbered {}

  /** A reply ended; the message is whole, as stored. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ReplyEnded(
      String conversationId,
      long seq,
      Message message,
      List<String> participants,
      String commandId,
      Origin origin)
      implements Numbered {}

  /**
   * Title, settings, owner or participants changed, or the conversation was made, closed or
   * restored.
   *
   * @param removed users who were participants until this change and shall be told
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ConversationChanged(
      String conversationId,
      long seq,
      Conversation conversation,
      List<String> participants,
      List<String> removed,
      String commandId,
      Origin origin)
      implements Numbered {}

  /**
   * Who answers changed. The change is a message of its own, so that whoever comes later finds it.
   *
   * @param message its message, with {@link Message#handoff}
   * @param conversation as it stands after the change
   * @param removed users who were participants until this change and shall be told
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record OwnerChanged(
      String conversationId,
      long seq,
      Message message,
      Conversation conversation,
      List<String> participants,
      List<String> removed,
      String commandId,
      Origin origin)
      implements Numbered {}

  /**
   * A participant read up to a message; not a numbered change.
   *
   * @param conversation for the reader's own list, with {@code my}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ReadPositionMoved(
      String conversationId,
      String userId,
      long readSeq,
      Conversation conversation,
      ConversationView my,
      String commandId,
      Origin origin)
      implements ChatEvent {}

  /**
   * A member came back for whom the AI had answered; for their own connections alone.
   *
   * @param userId the member
   * @param count how many messages there are in their name
   * @param since when they were last there
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record StandInDigest(
      String conversationId,
      String userId,
      int count,
      Instant since,
      String commandId,
      Origin origin)
      implements ChatEvent {}

  /**
   * Something changed that the operators of a support conversation see in their queue; not a
   * numbered change. What it is now is to be asked for.
   */
  record DialogChanged(String conversationId) implements ChatEvent {
    @Override
    public String commandId() {
      return null;
    }

    @Override
    public Origin origin() {
      return null;
    }
  }

  /**
   * A command was done whose outcome is no event of its own.
   *
   * @param messageId what it was about, or null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record CommandAccepted(String conversationId, String messageId, String commandId, Origin origin)
      implements ChatEvent {}

  /**
   * A command was refused; nothing changed.
   *
   * @param message for people, in English
   * @param field the offending field, or null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record CommandRejected(
      String conversationId,
      ErrorCode code,
      String message,
      String field,
      Long retryAfterMs,
      String commandId,
      Origin origin)
      implements ChatEvent {}
}

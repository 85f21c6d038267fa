package dev.confab.chat.support;

import dev.confab.chat.conversation.ParticipantRow;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.message.MessageDetails;
import dev.confab.chat.message.MessageStatus;
import dev.confab.chat.message.MessageText;
import dev.confab.chat.message.StoredMessage;
import dev.confab.contracts.chat.ChatEvent.MessageAdded;
import dev.confab.contracts.chat.Handoff;
import dev.confab.contracts.chat.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The messages of operators, and those that tell who answers. */
public final class DeskMessages {
  private static final String SYSTEM_NAME = "System";

  private DeskMessages() {}

  /** Whether what this user says here is an operator's word: none of the visitor's. */
  public static boolean isByOperator(LockedConversation in, String userId) {
    if (OperatorAccess.BACKSTAGE.equals(in.kind())) {
      return true;
    }
    Optional<ParticipantRow> own = in.participant(userId);
    return OperatorAccess.SUPPORT.equals(in.kind())
        && own.map(p -> ParticipantRow.OPERATOR.equals(p.role())).orElse(true);
  }

  /** Stores what an operator says, and lets it be known as the outcome of a command. */
  public static MessageAdded store(
      Ledger ledger, LockedConversation in, HandOverAsked said, String commandId, Origin origin) {
    Instant now = in.notBefore(ledger.now());
    HandOverAsked.Words words = said.message();
    StoredMessage message =
        born(
            in,
            now,
            StoredMessage.TYPE_OPERATOR,
            StoredMessage.KIND_TEXT,
            said.userId(),
            MessageText.storable(said.userName()),
            MessageText.storable(words.content()),
            words.clientId(),
            Ids.parse(words.replyTo()).orElse(null),
            MessageDetails.NONE);
    in.add(message);
    in.attend(in.attendance().answered());
    MessageAdded added = added(in, message, in.told(), commandId, origin);
    ledger.emit(added);
    return added;
  }

  /** The answer to a repeat: everybody else was told the first time. */
  static MessageAdded again(
      LockedConversation in, StoredMessage message, String commandId, Origin origin) {
    return added(in, message, List.of(), commandId, origin);
  }

  private static MessageAdded added(
      LockedConversation in,
      StoredMessage message,
      List<String> told,
      String commandId,
      Origin origin) {
    return new MessageAdded(
        in.name(), message.seq(), message.toContract(), told, commandId, origin);
  }

  /** Says who answers from now on. */
  static StoredMessage handoff(LockedConversation in, Instant now, String text, Handoff handoff) {
    StoredMessage message =
        born(
            in,
            now,
            StoredMessage.TYPE_SYSTEM,
            StoredMessage.KIND_HANDOFF,
            StoredMessage.TYPE_SYSTEM,
            SYSTEM_NAME,
            text,
            null,
            null,
            new MessageDetails(handoff, null, null));
    in.add(message);
    return message;
  }

  private static StoredMessage born(
      LockedConversation in,
      Instant now,
      String type,
      String kind,
      String senderId,
      String senderName,
      String content,
      String clientId,
      UUID replyTo,
      MessageDetails details) {
    long seq = in.nextSeq(now);
    return new StoredMessage(
        in.id(),
        seq,
        Ids.next(),
        seq,
        type,
        kind,
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
        null,
        null,
        details);
  }
}

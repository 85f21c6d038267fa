package dev.confab.chat.conversation;

import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.Ledgers;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.ledger.Lookup;
import dev.confab.chat.message.MessageText;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.Conversation;
import dev.confab.contracts.chat.Participant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Who joins a conversation and who leaves it. */
@ApplicationScoped
class ParticipantChanges {
  private static final int MAX_PARTICIPANTS = 10_000;

  private final Ledgers ledgers;

  ParticipantChanges(Ledgers ledgers) {
    this.ledgers = ledgers;
  }

  /** A host adds a user; adding one who is there changes nothing. */
  Participant add(UUID id, String byUserId, String userId, String name) {
    return ledgers.write(
        new Lookup().conversation(id).user(id, byUserId).user(id, userId),
        ledger -> {
          LockedConversation in = seenBy(ledger, id, byUserId);
          ConversationChanges.requireHost(in.participant(byUserId).orElseThrow());
          return in.participant(userId)
              .orElseGet(() -> join(ledger, in, userId, name))
              .toContract();
        });
  }

  private static ParticipantRow join(
      Ledger ledger, LockedConversation in, String userId, String name) {
    if (in.isClosed()) {
      throw new ProblemException(ErrorCode.CONVERSATION_CLOSED, "The conversation is closed.");
    }
    if (in.participantCount() >= MAX_PARTICIPANTS) {
      throw new ProblemException(ErrorCode.CONFLICT, "The conversation is full.");
    }
    // What was said before one came is not unread.
    ParticipantRow joining =
        new ParticipantRow(
            in.id(),
            userId,
            MessageText.storable(name),
            ParticipantRow.MEMBER,
            in.lastSeq(),
            false,
            false,
            ledger.now());
    in.putParticipant(joining);
    ConversationChanges.announce(ledger, in, null);
    return joining;
  }

  /** A user leaves, or a host removes one. */
  void remove(UUID id, String byUserId, String userId) {
    ledgers.write(
        new Lookup().conversation(id).user(id, byUserId).user(id, userId),
        ledger -> {
          LockedConversation in = seenBy(ledger, id, byUserId);
          if (!byUserId.equals(userId)) {
            ConversationChanges.requireHost(in.participant(byUserId).orElseThrow());
          }
          ParticipantRow leaving =
              in.participant(userId).orElseThrow(() -> ProblemException.notFound("participant"));
          in.removeParticipant(userId);
          if (leaving.isHost()) {
            passHostOn(in);
          }
          ConversationChanges.announce(ledger, in, List.of(userId));
          return null;
        });
  }

  /** Somebody must be able to change the conversation: who is there longest. */
  private static void passHostOn(LockedConversation in) {
    List<String> staying = in.told();
    if (staying == null || in.participantCount() > Conversation.LISTED_PARTICIPANTS) {
      return;
    }
    boolean hasHost = staying.stream().anyMatch(u -> in.participant(u).orElseThrow().isHost());
    if (!hasHost && !staying.isEmpty()) {
      in.putParticipant(in.participant(staying.get(0)).orElseThrow().asHost());
    }
  }

  private static LockedConversation seenBy(Ledger ledger, UUID id, String userId) {
    return ledger
        .conversation(id)
        .filter(c -> c.participant(userId).isPresent())
        .orElseThrow(() -> ProblemException.notFound("conversation"));
  }
}

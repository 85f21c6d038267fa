package dev.confab.chat.room;

import dev.confab.chat.assistant.Assistant;
import dev.confab.chat.conversation.ConversationChanges;
import dev.confab.chat.conversation.ParticipantRow;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.Ledgers;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.ledger.Lookup;
import dev.confab.chat.problem.ProblemException;
import dev.confab.chat.reply.Persona;
import dev.confab.chat.reply.ReplyQueue;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.AssistantMember;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Which assistants are members of a room. What they are is copied when they come. */
@ApplicationScoped
class RoomAssistants {
  private static final int MAX_ASSISTANTS = 10;

  private final Ledgers ledgers;
  private final ReplyQueue replies;

  RoomAssistants(Ledgers ledgers, ReplyQueue replies) {
    this.ledgers = ledgers;
    this.replies = replies;
  }

  /** A host adds an assistant that they may see; adding one that is there changes nothing. */
  AssistantMember add(UUID room, String userId, UUID assistantId) {
    String name = assistantId.toString();
    return ledgers.write(
        lookup(room, userId).assistant(assistantId),
        ledger -> {
          LockedConversation in = hostedBy(ledger, room, userId);
          return member(in, name).orElseGet(() -> add(ledger, in, userId, assistantId));
        });
  }

  private AssistantMember add(
      Ledger ledger, LockedConversation in, String userId, UUID assistantId) {
    if (in.isClosed()) {
      throw new ProblemException(ErrorCode.CONVERSATION_CLOSED, "The conversation is closed.");
    }
    if (in.room().assistants().size() >= MAX_ASSISTANTS) {
      throw new ProblemException(
          ErrorCode.CONFLICT, "A room has at most " + MAX_ASSISTANTS + " assistants.");
    }
    Assistant found =
        ledger
            .assistant(assistantId)
            .filter(a -> a.isVisibleTo(userId))
            .orElseThrow(
                () ->
                    new ProblemException(
                        ErrorCode.NOT_FOUND, "There is no such assistant.", "assistant_id"));
    in.room()
        .addAssistant(assistantId.toString(), new Persona(found.name(), found.settings()), userId);
    ConversationChanges.announce(ledger, in, null);
    return member(in, assistantId.toString()).orElseThrow();
  }

  /** A host removes an assistant; what waits to be answered by it is answered no more. */
  void remove(UUID room, String userId, String assistantId) {
    ledgers.write(
        lookup(room, userId),
        ledger -> {
          LockedConversation in = hostedBy(ledger, room, userId);
          member(in, assistantId).orElseThrow(() -> ProblemException.notFound("assistant"));
          in.queued().stream()
              .filter(waiting -> waiting.assistantId().equals(assistantId))
              .forEach(waiting -> replies.stop(ledger, in, waiting));
          in.room().removeAssistant(assistantId);
          ConversationChanges.announce(ledger, in, null);
          return null;
        });
  }

  private static Optional<AssistantMember> member(LockedConversation in, String assistantId) {
    return in.room().assistants().stream()
        .filter(a -> a.assistantId().equals(assistantId))
        .findFirst();
  }

  private static Lookup lookup(UUID room, String userId) {
    return new Lookup().conversation(room).user(room, userId);
  }

  private static LockedConversation hostedBy(Ledger ledger, UUID room, String userId) {
    LockedConversation in =
        ledger
            .conversation(room)
            .filter(c -> c.participant(userId).isPresent())
            .orElseThrow(() -> ProblemException.notFound("conversation"));
    if (!"room".equals(in.kind())) {
      throw new ProblemException(ErrorCode.CONFLICT, "This conversation is no room.");
    }
    if (in.participant(userId).filter(ParticipantRow::isHost).isEmpty()) {
      throw new ProblemException(ErrorCode.FORBIDDEN, "Only a host may do this.");
    }
    return in;
  }
}

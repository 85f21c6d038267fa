package dev.confab.chat.message;

import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.Ledgers;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.ledger.Lookup;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.ChatEvent.MessageChanged;
import dev.confab.contracts.chat.Message;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Says which of several replies to one message counts, from now on and for everybody. */
@ApplicationScoped
class Choices {
  private final Ledgers ledgers;

  Choices(Ledgers ledgers) {
    this.ledgers = ledgers;
  }

  /** Chooses a reply; the change has a number. */
  Message choose(UUID conversation, UUID message, String userId) {
    Lookup lookup =
        new Lookup()
            .conversation(conversation)
            .user(conversation, userId)
            .message(conversation, message);
    return ledgers.write(
        lookup,
        ledger -> {
          LockedConversation in =
              ledger
                  .conversation(conversation)
                  .filter(c -> c.participant(userId).isPresent())
                  .orElseThrow(() -> ProblemException.notFound("conversation"));
          return choose(ledger, in, message);
        });
  }

  private static Message choose(Ledger ledger, LockedConversation in, UUID id) {
    StoredMessage reply =
        in.message(id)
            .filter(m -> !m.isDeleted())
            .orElseThrow(() -> ProblemException.notFound("message"));
    if (in.isClosed()) {
      throw new ProblemException(ErrorCode.CONVERSATION_CLOSED, "The conversation is closed.");
    }
    if (!reply.isReply() || reply.isStreaming() || reply.status() == MessageStatus.FAILED) {
      throw new ProblemException(ErrorCode.CONFLICT, "Only a reply that ended can be chosen.");
    }
    StoredMessage chosen = reply.chosen(in.nextSeq(ledger.now()));
    in.change(chosen);
    ledger.emit(
        new MessageChanged(
            in.name(), chosen.changedSeq(), chosen.toContract(), in.told(), null, null));
    return chosen.toContract();
  }
}

package dev.confab.chat.standin;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.ledger.Ledgers;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.ledger.Lookup;
import dev.confab.chat.message.MessageText;
import dev.confab.chat.message.StoredMessage;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.ChatEvent.MessageChanged;
import dev.confab.contracts.chat.Message;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** A member puts right what was said in their name: a numbered change, told to everybody. */
@ApplicationScoped
class Corrections {
  private final Ledgers ledgers;
  private final int maxChars;

  Corrections(Ledgers ledgers, ChatConfig config) {
    this.ledgers = ledgers;
    this.maxChars = config.messages().maxChars();
  }

  /**
   * Replaces what a stand-in said.
   *
   * @throws ProblemException if it was not said in the user's name, is still being written or gone
   */
  Message correct(UUID conversation, UUID messageId, String user, String content) {
    check(content);
    return ledgers.write(
        new Lookup()
            .conversation(conversation)
            .user(conversation, user)
            .message(conversation, messageId),
        ledger -> {
          LockedConversation in =
              ledger
                  .conversation(conversation)
                  .filter(c -> c.participant(user).isPresent())
                  .orElseThrow(() -> ProblemException.notFound("conversation"));
          StoredMessage said =
              in.message(messageId)
                  .filter(m -> user.equals(m.onBehalfOf()))
                  .orElseThrow(() -> ProblemException.notFound("message in your name"));
          refuse(in, said);
          Instant now = in.notBefore(ledger.now());
          StoredMessage corrected =
              said.corrected(MessageText.storable(content), in.nextSeq(now), now);
          in.change(corrected);
          ledger.emit(
              new MessageChanged(
                  in.name(),
                  corrected.changedSeq(),
                  corrected.toContract(),
                  in.told(),
                  null,
                  null));
          return corrected.toContract();
        });
  }

  private void check(String content) {
    if (content == null || content.isBlank()) {
      throw new ProblemException(ErrorCode.EMPTY_MESSAGE, "A message says something.", "content");
    }
    if (content.length() > maxChars) {
      throw new ProblemException(
          ErrorCode.MESSAGE_TOO_LONG,
          "A message has at most " + maxChars + " characters.",
          "content");
    }
  }

  private static void refuse(LockedConversation in, StoredMessage said) {
    if (in.isClosed()) {
      throw new ProblemException(ErrorCode.CONVERSATION_CLOSED, "The conversation is closed.");
    }
    if (said.isStreaming() || said.isDeleted()) {
      throw new ProblemException(
          ErrorCode.CONFLICT,
          said.isDeleted() ? "The message was deleted." : "It is still being written.");
    }
  }
}

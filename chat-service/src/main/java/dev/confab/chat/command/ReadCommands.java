package dev.confab.chat.command;

import dev.confab.chat.command.Outcome.Answered;
import dev.confab.chat.command.Outcome.Refused;
import dev.confab.chat.command.Outcome.Told;
import dev.confab.chat.conversation.ParticipantRow;
import dev.confab.chat.conversation.Unread;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.ChatCommand.MarkRead;
import dev.confab.contracts.chat.ChatEvent.CommandAccepted;
import dev.confab.contracts.chat.ChatEvent.ReadPositionMoved;

/** Moving one's read position. */
final class ReadCommands {
  private ReadCommands() {}

  /** Nothing is noted: of who takes no part, or what a later one of the batch goes beyond. */
  static Outcome unmarked(MarkRead command) {
    return new Answered(
        new CommandAccepted(command.conversationId(), null, command.commandId(), command.origin()),
        false,
        null);
  }

  /**
   * Moves the position.
   *
   * @param last whether no later one of the same user is in the batch; only the last is told to all
   */
  static Outcome mark(
      Ledger ledger,
      LockedConversation in,
      ParticipantRow participant,
      MarkRead command,
      boolean last) {
    if (command.seq() < 0) {
      return new Refused(ErrorCode.INVALID_VALUE, "A number is not negative.", "seq");
    }
    ParticipantRow moved = participant.readUpTo(Math.min(command.seq(), in.lastSeq()));
    if (moved.lastReadSeq() != participant.lastReadSeq()) {
      in.putParticipant(moved);
    }
    if (!last) {
      return unmarked(command);
    }
    Unread unread = in.unread(moved.userId(), moved.lastReadSeq());
    var event =
        new ReadPositionMoved(
            in.name(),
            moved.userId(),
            moved.lastReadSeq(),
            in.toContract(),
            moved.view(unread),
            command.commandId(),
            command.origin());
    ledger.emit(event);
    return new Told(event);
  }
}

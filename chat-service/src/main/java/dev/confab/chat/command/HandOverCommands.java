package dev.confab.chat.command;

import dev.confab.chat.command.Outcome.Pending;
import dev.confab.chat.command.Outcome.Refused;
import dev.confab.chat.command.Outcome.Told;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.support.DeskMessages;
import dev.confab.chat.support.HandOverAsked;
import dev.confab.chat.support.HandOverAsked.Party;
import dev.confab.chat.support.HandOverAsked.Words;
import dev.confab.chat.support.HandOverOutcome;
import dev.confab.chat.support.HandOvers;
import dev.confab.chat.support.OperatorAccess;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.Actor;
import dev.confab.contracts.chat.ChatCommand;
import dev.confab.contracts.chat.ChatCommand.HandOver;
import dev.confab.contracts.chat.ChatCommand.SendMessage;
import dev.confab.contracts.chat.HandOverAction;
import jakarta.enterprise.context.ApplicationScoped;

/** Asking for a change of who answers, and what operators say. */
@ApplicationScoped
class HandOverCommands {
  private final HandOvers handOvers;

  HandOverCommands(HandOvers handOvers) {
    this.handOvers = handOvers;
  }

  Outcome handOver(Ledger ledger, LockedConversation in, HandOver command) {
    if (!OperatorAccess.SUPPORT.equals(in.kind())) {
      return new Refused(
          ErrorCode.INVALID_VALUE, "Only support conversations are handed over.", "action");
    }
    String to = command.toUserId();
    if (command.action() == HandOverAction.TRANSFER
        && to != null
        && !ledger.worksSite(in.id(), to)) {
      return new Refused(ErrorCode.INVALID_VALUE, "They do not work for this site.", "user_id");
    }
    Actor actor = command.actor();
    var asked =
        new HandOverAsked(
            command.action(),
            party(in, actor),
            actor.userId(),
            actor.name(),
            to,
            command.toUserName(),
            command.reason(),
            null);
    return outcome(
        command, handOvers.ask(ledger, in, asked, command.commandId(), command.origin()));
  }

  private static Party party(LockedConversation in, Actor actor) {
    if (!DeskMessages.isByOperator(in, actor.userId())) {
      return Party.VISITOR;
    }
    return OperatorAccess.isAdmin(actor.roles()) ? Party.ADMIN : Party.OPERATOR;
  }

  /** What an operator says; to a visitor only in a conversation that is theirs from then on. */
  Outcome say(Ledger ledger, LockedConversation in, SendMessage command) {
    Actor actor = command.actor();
    var words = new Words(command.clientId(), command.content(), command.replyTo());
    var asked =
        new HandOverAsked(
            HandOverAction.CLAIM,
            Party.OPERATOR,
            actor.userId(),
            actor.name(),
            null,
            null,
            null,
            words);
    if (!OperatorAccess.SUPPORT.equals(in.kind())) {
      return new Told(DeskMessages.store(ledger, in, asked, command.commandId(), command.origin()));
    }
    return outcome(
        command, handOvers.ask(ledger, in, asked, command.commandId(), command.origin()));
  }

  private static Outcome outcome(ChatCommand command, HandOverOutcome came) {
    return switch (came) {
      case HandOverOutcome.Done done -> new Told(done.event());
      case HandOverOutcome.Repeated again ->
          new Outcome.Answered(again.event(), false, again.messageId());
      case HandOverOutcome.Accepted accepted -> ReplyCommands.accepted(command, null);
      case HandOverOutcome.Refused no -> new Refused(no.code(), no.detail(), no.field());
      case HandOverOutcome.Pending pending -> new Pending();
    };
  }
}

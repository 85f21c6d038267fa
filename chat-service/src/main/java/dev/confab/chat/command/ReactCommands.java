package dev.confab.chat.command;

import dev.confab.chat.command.Outcome.Refused;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.message.StoredMessage;
import dev.confab.chat.room.Emoji;
import dev.confab.chat.room.ReactionRules;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.ChatCommand.React;
import dev.confab.contracts.chat.Reaction;
import java.util.List;
import java.util.Optional;

/** Reacting to a message: a numbered change of it, like any other. */
final class ReactCommands {
  private ReactCommands() {}

  static Outcome react(Ledger ledger, LockedConversation in, React command) {
    Optional<StoredMessage> found = Ids.parse(command.messageId()).flatMap(in::message);
    if (found.isEmpty()) {
      return Outcome.notFound("message");
    }
    StoredMessage message = found.get();
    Optional<Refused> refusal = refuse(in, message, command);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    String user = command.actor().userId();
    if (in.room().reacts(message.id(), command.emoji(), user) == command.on()) {
      return MessageCommands.changeAgain(in, command, message);
    }
    if (command.on() && ReactionRules.isFull(message.details().reactions(), command.emoji())) {
      return new Refused(
          ErrorCode.CONFLICT,
          "A message has at most " + ReactionRules.MAX_EMOJI + " different reactions.",
          "emoji");
    }
    return MessageCommands.changed(ledger, in, command, reacted(ledger, in, command, message));
  }

  private static Optional<Refused> refuse(
      LockedConversation in, StoredMessage message, React command) {
    if (!Emoji.isOne(command.emoji())) {
      return Optional.of(new Refused(ErrorCode.INVALID_VALUE, "A reaction is one emoji.", "emoji"));
    }
    if (message.isDeleted()) {
      return Optional.of(new Refused(ErrorCode.CONFLICT, "The message was deleted.", null));
    }
    if (message.isStreaming()) {
      return Optional.of(
          new Refused(ErrorCode.CONFLICT, "The reply is still being written.", null));
    }
    return in.isClosed() ? Optional.of(MessageCommands.closed()) : Optional.empty();
  }

  private static StoredMessage reacted(
      Ledger ledger, LockedConversation in, React command, StoredMessage message) {
    long seq = in.nextSeq(in.notBefore(ledger.now()));
    String user = command.actor().userId();
    List<String> first =
        in.room().react(message.id(), command.emoji(), user, command.on() ? seq : null);
    List<Reaction> reactions =
        ReactionRules.after(message.details().reactions(), command.emoji(), command.on(), first);
    return message.with(message.details().reactedTo(reactions), seq);
  }
}

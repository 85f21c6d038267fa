package dev.confab.chat.reply;

import dev.confab.chat.ledger.CommandOutcome;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.message.StoredMessage;
import dev.confab.chat.support.HandOverOutcome;
import dev.confab.chat.support.HandOvers;
import dev.confab.contracts.chat.ChatEvent.CommandAccepted;
import dev.confab.contracts.chat.ChatEvent.CommandRejected;
import dev.confab.contracts.chat.ChatEvent.ConversationChanged;
import dev.confab.contracts.chat.ChatEvent.MessageChanged;
import dev.confab.contracts.chat.Origin;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Does what asked for a reply's end, now that the reply is stored, and answers it. */
@ApplicationScoped
class FenceSettlement {
  private final HandOvers handOvers;

  FenceSettlement(HandOvers handOvers) {
    this.handOvers = handOvers;
  }

  void settle(
      Ledger ledger, LockedConversation in, StoredMessage reply, List<FenceRequest> requests) {
    for (FenceRequest request : requests) {
      switch (request.purpose()) {
        case STOP -> accept(ledger, in, reply.id(), request);
        case DELETE_MESSAGE -> delete(ledger, in, reply.id(), request);
        case CLOSE_CONVERSATION -> close(ledger, in);
        case HAND_OVER -> handOver(ledger, in, request);
        case MEMBER_IS_BACK, TIME_OUT -> {
          // The end itself was all that was asked for.
        }
      }
    }
  }

  private static void accept(
      Ledger ledger, LockedConversation in, UUID messageId, FenceRequest request) {
    keep(ledger, in, messageId, request);
    ledger.emit(
        new CommandAccepted(in.name(), messageId.toString(), request.commandId(), origin(request)));
  }

  private static void delete(
      Ledger ledger, LockedConversation in, UUID messageId, FenceRequest request) {
    StoredMessage message = in.message(messageId).orElseThrow();
    if (message.isDeleted()) {
      accept(ledger, in, messageId, request);
      return;
    }
    StoredMessage deleted = message.deleted(in.nextSeq(ledger.now()), ledger.now());
    in.change(deleted);
    keep(ledger, in, messageId, request);
    ledger.emit(
        new MessageChanged(
            in.name(),
            deleted.changedSeq(),
            deleted.toContract(),
            in.told(),
            request.commandId(),
            origin(request)));
  }

  private void handOver(Ledger ledger, LockedConversation in, FenceRequest request) {
    var origin = origin(request);
    String command = request.commandId();
    switch (handOvers.settle(ledger, in, request.handOver(), command, origin)) {
      case HandOverOutcome.Done done -> keep(ledger, in, done.messageId(), request);
      case HandOverOutcome.Repeated repeated -> {
        keep(ledger, in, repeated.messageId(), request);
        ledger.emit(repeated.event());
      }
      case HandOverOutcome.Refused refused -> refuse(ledger, in, refused, request);
      case HandOverOutcome.Accepted accepted -> {
        keep(ledger, in, null, request);
        if (command != null) {
          ledger.emit(new CommandAccepted(in.name(), null, command, origin));
        }
      }
      case HandOverOutcome.Pending pending ->
          throw new IllegalStateException("a reply runs in " + in.name());
    }
  }

  private static void refuse(
      Ledger ledger, LockedConversation in, HandOverOutcome.Refused refused, FenceRequest request) {
    if (request.commandId() == null) {
      return;
    }
    ledger.keep(
        new CommandOutcome(
            in.id(), request.commandId(), refused.code(), refused.detail(), refused.field(), null));
    ledger.emit(
        new CommandRejected(
            in.name(),
            refused.code(),
            refused.detail(),
            refused.field(),
            null,
            request.commandId(),
            origin(request)));
  }

  private static void close(Ledger ledger, LockedConversation in) {
    if (in.isClosed()) {
      return;
    }
    in.queued().forEach(waiting -> in.putReply(waiting.ended()));
    in.closedAt(ledger.now());
    long seq = in.nextSeq(ledger.now());
    ledger.emit(
        new ConversationChanged(in.name(), seq, in.toContract(), in.told(), null, null, null));
  }

  private static void keep(
      Ledger ledger, LockedConversation in, UUID messageId, FenceRequest request) {
    if (request.commandId() != null) {
      ledger.keep(new CommandOutcome(in.id(), request.commandId(), null, null, null, messageId));
    }
  }

  private static Origin origin(FenceRequest request) {
    return request.gateway() == null ? null : new Origin(request.gateway(), request.connection());
  }
}

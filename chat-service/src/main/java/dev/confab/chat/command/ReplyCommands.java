package dev.confab.chat.command;

import dev.confab.chat.assistant.Answerers;
import dev.confab.chat.command.Outcome.Answered;
import dev.confab.chat.command.Outcome.Pending;
import dev.confab.chat.command.Outcome.Refused;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.message.StoredMessage;
import dev.confab.chat.reply.Answerer;
import dev.confab.chat.reply.FenceRequest;
import dev.confab.chat.reply.FenceRequest.Purpose;
import dev.confab.chat.reply.Reply;
import dev.confab.chat.reply.ReplyPolicy;
import dev.confab.chat.reply.ReplyQueue;
import dev.confab.chat.statistics.Budgets;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.ChatCommand;
import dev.confab.contracts.chat.ChatCommand.RequestReply;
import dev.confab.contracts.chat.ChatCommand.StopReply;
import dev.confab.contracts.chat.ChatEvent.CommandAccepted;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Asking for replies and stopping them. */
@ApplicationScoped
class ReplyCommands {
  private final ReplyQueue replies;
  private final Answerers answerers;
  private final Budgets budgets;

  ReplyCommands(ReplyQueue replies, Answerers answerers, Budgets budgets) {
    this.replies = replies;
    this.answerers = answerers;
    this.budgets = budgets;
  }

  Outcome request(Ledger ledger, LockedConversation in, RequestReply command) {
    Optional<StoredMessage> turn =
        Ids.parse(command.messageId()).flatMap(in::message).filter(m -> !m.isDeleted());
    if (turn.isEmpty()) {
      return Outcome.notFound("message");
    }
    String user = command.actor().userId();
    Optional<Answerer> answerer = answerers.choose(ledger, in, user, command.assistantId());
    if (answerer.isEmpty()) {
      return Outcome.notFound("assistant");
    }
    Optional<Refused> refusal = refuse(in, turn.get());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    String assistant = answerer.get().assistantId();
    UUID id = turn.get().id();
    Optional<Reply> going = open(in).filter(r -> r.answers(id, assistant)).findFirst();
    if (going.isPresent()) {
      return accepted(command, going.get().messageId());
    }
    Optional<String> spent = budgets.exceeded(ledger, user);
    if (spent.isPresent()) {
      return new Refused(ErrorCode.BUDGET_EXCEEDED, spent.get(), null);
    }
    Reply reply = replies.ask(ledger, in, turn.get(), answerer.get(), user);
    return accepted(command, reply.messageId());
  }

  private static Optional<Refused> refuse(LockedConversation in, StoredMessage turn) {
    if (in.isClosed()) {
      return Optional.of(
          new Refused(ErrorCode.CONVERSATION_CLOSED, "The conversation is closed.", null));
    }
    if (!ReplyPolicy.of(in.kind(), in.owner()).allowsRequests()) {
      return Optional.of(
          new Refused(ErrorCode.CONFLICT, "A person answers in this conversation.", null));
    }
    return turn.isStreaming()
        ? Optional.of(new Refused(ErrorCode.CONFLICT, "The reply is still being written.", null))
        : Optional.empty();
  }

  Outcome stop(Ledger ledger, LockedConversation in, StopReply command) {
    Optional<UUID> asked = Ids.parse(command.messageId());
    if (asked.isEmpty()) {
      return Outcome.notFound("reply");
    }
    UUID target = asked.get();
    List<Reply> meant = open(in).filter(r -> r.isMeantBy(target)).toList();
    meant.stream().filter(Reply::isQueued).forEach(r -> replies.stop(ledger, in, r));
    Optional<Reply> running = meant.stream().filter(Reply::isRunning).findFirst();
    if (running.isPresent()) {
      replies.fence(ledger, in, running.get(), stopRequest(command));
      return new Pending();
    }
    boolean known =
        !meant.isEmpty() || in.message(target).isPresent() || in.reply(target).isPresent();
    return known ? accepted(command, target) : Outcome.notFound("reply");
  }

  private static FenceRequest stopRequest(StopReply command) {
    var origin = command.origin();
    return new FenceRequest(
        Purpose.STOP,
        command.commandId(),
        origin == null ? null : origin.gateway(),
        origin == null ? null : origin.connection());
  }

  private static Stream<Reply> open(LockedConversation in) {
    return Stream.concat(in.running().stream(), in.queued().stream());
  }

  static Answered accepted(ChatCommand command, UUID messageId) {
    return new Answered(
        new CommandAccepted(
            command.conversationId(),
            messageId == null ? null : messageId.toString(),
            command.commandId(),
            command.origin()),
        true,
        messageId);
  }
}

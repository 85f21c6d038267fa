package dev.confab.chat.command;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.assistant.Answerers;
import dev.confab.chat.command.Outcome.Answered;
import dev.confab.chat.command.Outcome.Refused;
import dev.confab.chat.command.Outcome.Told;
import dev.confab.chat.conversation.ParticipantRow;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.message.Births;
import dev.confab.chat.message.MessageText;
import dev.confab.chat.message.StoredMessage;
import dev.confab.chat.reply.Answerer;
import dev.confab.chat.reply.FenceRequest;
import dev.confab.chat.reply.FenceRequest.Purpose;
import dev.confab.chat.reply.Reply;
import dev.confab.chat.reply.ReplyPolicy;
import dev.confab.chat.reply.ReplyQueue;
import dev.confab.chat.room.Addressed;
import dev.confab.chat.room.RoomTurns;
import dev.confab.chat.statistics.Budgets;
import dev.confab.chat.support.DeskMessages;
import dev.confab.chat.support.OperatorAccess;
import dev.confab.chat.support.VisitorTurns;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.ChatCommand;
import dev.confab.contracts.chat.ChatCommand.DeleteMessage;
import dev.confab.contracts.chat.ChatCommand.EditMessage;
import dev.confab.contracts.chat.ChatCommand.React;
import dev.confab.contracts.chat.ChatCommand.SendMessage;
import dev.confab.contracts.chat.ChatEvent.MessageAdded;
import dev.confab.contracts.chat.ChatEvent.MessageChanged;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Storing, editing and deleting messages. */
@ApplicationScoped
class MessageCommands {
  private final ChatConfig.Messages config;
  private final ReplyQueue replies;
  private final Answerers answerers;
  private final Budgets budgets;
  private final RoomTurns rooms;
  private final HandOverCommands handOvers;
  private final VisitorTurns visitors;

  MessageCommands(
      ChatConfig config,
      ReplyQueue replies,
      Answerers answerers,
      Budgets budgets,
      RoomTurns rooms,
      HandOverCommands handOvers,
      VisitorTurns visitors) {
    this.config = config.messages();
    this.replies = replies;
    this.answerers = answerers;
    this.budgets = budgets;
    this.rooms = rooms;
    this.handOvers = handOvers;
    this.visitors = visitors;
  }

  Outcome send(Ledger ledger, LockedConversation in, SendMessage command) {
    Optional<StoredMessage> first =
        command.clientId() == null
            ? Optional.empty()
            : in.sentAs(command.actor().userId(), command.clientId());
    if (first.isPresent()) {
      return repeated(in, command, first.get());
    }
    Optional<Refused> refusal = refuse(in, command);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    String user = command.actor().userId();
    if (DeskMessages.isByOperator(in, user)) {
      return handOvers.say(ledger, in, command);
    }
    Optional<Answerer> answerer = answerers.choose(ledger, in, user, command.assistantId());
    if (answerer.isEmpty()) {
      return Outcome.notFound("assistant");
    }
    Optional<String> spent = budgets.exceeded(ledger, user);
    boolean support = OperatorAccess.SUPPORT.equals(in.kind());
    if (spent.isPresent() && !support && ReplyPolicy.of(in.kind(), in.owner()).answersAll()) {
      return new Refused(ErrorCode.BUDGET_EXCEEDED, spent.get(), null);
    }
    StoredMessage message = store(ledger, in, command);
    var added =
        new MessageAdded(
            in.name(),
            message.seq(),
            message.toContract(),
            in.told(),
            command.commandId(),
            command.origin());
    ledger.emit(added);
    if (support) {
      visitors.said(ledger, in, message, answerer.get(), spent.isPresent());
      return new Told(added);
    }
    for (Answerer each : turnOf(ledger, in, message, answerer.get(), command)) {
      if (spent.isPresent()) {
        replies.refuse(ledger, in, message, each, user, ErrorCode.BUDGET_EXCEEDED);
      } else {
        replies.ask(ledger, in, message, each, user);
      }
    }
    return new Told(added);
  }

  /** Who answers it, in order; mostly nobody where people talk with each other. */
  private List<Answerer> turnOf(
      Ledger ledger,
      LockedConversation in,
      StoredMessage message,
      Answerer asked,
      SendMessage command) {
    ReplyPolicy policy = ReplyPolicy.of(in.kind(), in.owner());
    if (policy instanceof ReplyPolicy.WhenCalled) {
      return rooms.answerers(ledger, in, message, asked, command.assistantId() != null);
    }
    return policy.answers(message.content()) ? List.of(asked) : List.of();
  }

  private Optional<Refused> refuse(LockedConversation in, SendMessage command) {
    if (in.isClosed()) {
      return Optional.of(closed());
    }
    Optional<Refused> badContent = badContent(command.content());
    if (badContent.isPresent()) {
      return badContent;
    }
    if (command.replyTo() != null && Ids.parse(command.replyTo()).flatMap(in::message).isEmpty()) {
      return Optional.of(Outcome.notFound("message"));
    }
    return Optional.empty();
  }

  private StoredMessage store(Ledger ledger, LockedConversation in, SendMessage command) {
    Instant now = in.notBefore(ledger.now());
    StoredMessage message =
        Births.ofUser(
            in.id(),
            in.nextSeq(now),
            Ids.next(),
            command.actor().userId(),
            MessageText.storable(command.actor().name()),
            MessageText.storable(command.content()),
            command.clientId(),
            Ids.parse(command.replyTo()).orElse(null),
            now);
    message = mentioning(in, message);
    in.add(message);
    return message;
  }

  private static StoredMessage mentioning(LockedConversation in, StoredMessage message) {
    List<String> ids = Addressed.mentionsIn(in, message.senderId(), message.content());
    return Objects.equals(ids, message.details().mentions())
        ? message
        : message.with(message.details().mentioning(ids), message.changedSeq());
  }

  static Outcome repeated(LockedConversation in, ChatCommand command, StoredMessage message) {
    // Everybody else was told the first time.
    return new Answered(
        new MessageAdded(
            in.name(),
            message.seq(),
            message.toContract(),
            List.of(),
            command.commandId(),
            command.origin()),
        false,
        message.id());
  }

  Outcome edit(Ledger ledger, LockedConversation in, EditMessage command) {
    Optional<StoredMessage> found = Ids.parse(command.messageId()).flatMap(in::message);
    if (found.isEmpty()) {
      return Outcome.notFound("message");
    }
    StoredMessage message = found.get();
    if (message.isStreaming()) {
      return new Refused(ErrorCode.CONFLICT, "The reply is still being written.", null);
    }
    if (!message.senderId().equals(command.actor().userId())) {
      return new Refused(ErrorCode.FORBIDDEN, "Only its author may edit a message.", null);
    }
    if (message.isDeleted()) {
      return new Refused(ErrorCode.CONFLICT, "The message was deleted.", null);
    }
    if (in.isClosed()) {
      return closed();
    }
    Optional<Refused> badContent = badContent(command.content());
    if (badContent.isPresent()) {
      return badContent.get();
    }
    Instant now = in.notBefore(ledger.now());
    String content = MessageText.storable(command.content());
    StoredMessage edited = message.edited(content, in.nextSeq(now), now);
    return changed(ledger, in, command, mentioning(in, edited));
  }

  Outcome delete(Ledger ledger, LockedConversation in, DeleteMessage command) {
    Optional<StoredMessage> found = Ids.parse(command.messageId()).flatMap(in::message);
    if (found.isEmpty()) {
      return Outcome.notFound("message");
    }
    StoredMessage message = found.get();
    if (!mayDelete(in, command, message)) {
      return new Refused(
          ErrorCode.FORBIDDEN, "Only its author or a host may delete a message.", null);
    }
    if (message.isDeleted()) {
      return changeAgain(in, command, message);
    }
    Optional<Reply> running = in.running().filter(r -> r.messageId().equals(message.id()));
    if (running.isPresent()) {
      var origin = command.origin();
      replies.fence(
          ledger,
          in,
          running.get(),
          new FenceRequest(
              Purpose.DELETE_MESSAGE,
              command.commandId(),
              origin == null ? null : origin.gateway(),
              origin == null ? null : origin.connection()));
      return new Outcome.Pending();
    }
    replies.withdraw(in, message.id());
    if (message.id().equals(in.attendance().openTurn())) {
      in.attend(in.attendance().answered());
    }
    Instant now = in.notBefore(ledger.now());
    return changed(ledger, in, command, message.deleted(in.nextSeq(now), now));
  }

  private static boolean mayDelete(
      LockedConversation in, DeleteMessage command, StoredMessage message) {
    String user = command.actor().userId();
    var roles = command.actor().roles();
    return message.senderId().equals(user)
        || in.participant(user).filter(ParticipantRow::isHost).isPresent()
        || (roles != null && roles.contains("operator"));
  }

  /** Tells everybody of a message in its new state. */
  static Outcome changed(
      Ledger ledger, LockedConversation in, ChatCommand command, StoredMessage message) {
    in.change(message);
    MessageChanged event = changeEvent(in, command, message, in.told());
    ledger.emit(event);
    return new Told(event);
  }

  /** The answer to a repeated change: the message as it stands, under its last number. */
  static Outcome changeAgain(LockedConversation in, ChatCommand command, StoredMessage message) {
    return new Answered(changeEvent(in, command, message, List.of()), true, message.id());
  }

  private static MessageChanged changeEvent(
      LockedConversation in, ChatCommand command, StoredMessage message, List<String> told) {
    return new MessageChanged(
        in.name(),
        message.changedSeq(),
        message.toContract(),
        told,
        command.commandId(),
        command.origin());
  }

  static Optional<UUID> target(ChatCommand command) {
    return switch (command) {
      case EditMessage edit -> Ids.parse(edit.messageId());
      case DeleteMessage delete -> Ids.parse(delete.messageId());
      case React react -> Ids.parse(react.messageId());
      default -> Optional.empty();
    };
  }

  private Optional<Refused> badContent(String content) {
    if (content == null || content.isBlank()) {
      return Optional.of(
          new Refused(ErrorCode.EMPTY_MESSAGE, "A message says something.", "content"));
    }
    return content.length() > config.maxChars()
        ? Optional.of(
            new Refused(
                ErrorCode.MESSAGE_TOO_LONG,
                "A message has at most " + config.maxChars() + " characters.",
                "content"))
        : Optional.empty();
  }

  static Refused closed() {
    return new Refused(ErrorCode.CONVERSATION_CLOSED, "The conversation is closed.", null);
  }
}

package dev.confab.chat.command;

import dev.confab.chat.ledger.Ids;
import dev.confab.chat.ledger.Lookup;
import dev.confab.chat.message.MessageText;
import dev.confab.chat.room.Emoji;
import dev.confab.chat.room.Mentions;
import dev.confab.chat.support.OperatorAccess;
import dev.confab.contracts.chat.ChatCommand;
import dev.confab.contracts.chat.ChatCommand.DeleteMessage;
import dev.confab.contracts.chat.ChatCommand.EditMessage;
import dev.confab.contracts.chat.ChatCommand.HandOver;
import dev.confab.contracts.chat.ChatCommand.MarkRead;
import dev.confab.contracts.chat.ChatCommand.React;
import dev.confab.contracts.chat.ChatCommand.RequestReply;
import dev.confab.contracts.chat.ChatCommand.SendMessage;
import dev.confab.contracts.chat.ChatCommand.StopReply;
import java.util.Optional;
import java.util.UUID;

/** Whether a command can be decided at all, and what must be known for that. */
final class CommandShape {
  private static final int MAX_ID_CHARS = 128;
  private static final int MAX_USER_ID_CHARS = 200;
  private static final int MAX_TEXT_CHARS = 200;

  private CommandShape() {}

  /** Why a command is no command, or empty. */
  static Optional<String> defect(ChatCommand command) {
    if (isBadId(command.commandId())) {
      return Optional.of("command_id");
    }
    if (isBadId(command.conversationId())) {
      return Optional.of("conversation_id");
    }
    if (command.actor() == null || !isUserId(command.actor().userId())) {
      return Optional.of("actor");
    }
    if (command instanceof HandOver hand) {
      return defect(hand);
    }
    return command instanceof SendMessage send
            && send.clientId() != null
            && isBadId(send.clientId())
        ? Optional.of("client_id")
        : Optional.empty();
  }

  private static Optional<String> defect(HandOver hand) {
    if (hand.action() == null) {
      return Optional.of("action");
    }
    if (hand.toUserId() != null && !isUserId(hand.toUserId())) {
      return Optional.of("user_id");
    }
    if (isLong(hand.toUserName())) {
      return Optional.of("user_name");
    }
    return isLong(hand.reason()) ? Optional.of("reason") : Optional.empty();
  }

  private static boolean isLong(String text) {
    return text != null && text.length() > MAX_TEXT_CHARS;
  }

  private static boolean isUserId(String id) {
    return id != null && !id.isEmpty() && id.length() <= MAX_USER_ID_CHARS && !hasNul(id);
  }

  private static boolean isBadId(String id) {
    return id == null || id.isEmpty() || id.length() > MAX_ID_CHARS || hasNul(id);
  }

  private static boolean hasNul(String text) {
    return text.indexOf('\0') >= 0;
  }

  /** Whether it may cost tokens. */
  static boolean asksForReply(ChatCommand command) {
    return (command instanceof SendMessage || command instanceof RequestReply)
        && command.actor() != null
        && isUserId(command.actor().userId());
  }

  /** Adds what the command needs to a look-up; nothing if its conversation cannot exist. */
  static void addTo(Lookup lookup, ChatCommand command) {
    Optional<UUID> conversation = Ids.parse(command.conversationId());
    if (conversation.isEmpty() || defect(command).isPresent()) {
      return;
    }
    UUID id = conversation.get();
    String user = command.actor().userId();
    lookup.conversation(id).user(id, user);
    OperatorAccess.addTo(lookup, id, command.actor());
    if (!(command instanceof MarkRead)) {
      lookup.command(id, command.commandId());
    }
    switch (command) {
      case SendMessage send -> {
        if (send.clientId() != null) {
          lookup.clientId(id, user, send.clientId());
        }
        addMessage(lookup, id, send.replyTo());
        Ids.parse(send.assistantId()).ifPresent(lookup::assistant);
        addNames(lookup, id, send.content());
        if (mayAddressAssistants(send)) {
          lookup.personas(id);
        }
      }
      case RequestReply request -> {
        addMessage(lookup, id, request.messageId());
        if (request.assistantId() != null) {
          Ids.parse(request.assistantId()).ifPresent(lookup::assistant);
          lookup.personas(id);
        }
      }
      case StopReply stop -> addMessage(lookup, id, stop.messageId());
      case EditMessage edit -> {
        addMessage(lookup, id, edit.messageId());
        addNames(lookup, id, edit.content());
      }
      case DeleteMessage delete -> addMessage(lookup, id, delete.messageId());
      case React react -> {
        addMessage(lookup, id, react.messageId());
        Ids.parse(react.messageId())
            .filter(message -> Emoji.isOne(react.emoji()))
            .ifPresent(message -> lookup.reaction(id, message, react.emoji(), user));
      }
      case HandOver hand -> {
        if (hand.toUserId() != null) {
          lookup.operator(id, hand.toUserId());
        }
      }
      case MarkRead mark -> lookup.readPosition(id, user, mark.seq());
    }
  }

  /** A message that addresses nobody costs nothing here. */
  private static void addNames(Lookup lookup, UUID conversationId, String content) {
    Mentions.candidates(MessageText.storable(content))
        .forEach(name -> lookup.name(conversationId, name));
  }

  private static boolean mayAddressAssistants(SendMessage send) {
    String content = send.content();
    return send.replyTo() != null
        || send.assistantId() != null
        || content != null && (Mentions.mayBeIn(content) || Mentions.callAi(content));
  }

  private static void addMessage(Lookup lookup, UUID conversationId, String messageId) {
    Ids.parse(messageId).ifPresent(id -> lookup.message(conversationId, id));
  }
}

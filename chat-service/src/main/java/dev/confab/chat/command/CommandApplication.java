package dev.confab.chat.command;

import dev.confab.chat.command.Outcome.Answered;
import dev.confab.chat.command.Outcome.Pending;
import dev.confab.chat.command.Outcome.Refused;
import dev.confab.chat.command.Outcome.Told;
import dev.confab.chat.conversation.ParticipantRow;
import dev.confab.chat.ledger.CommandOutcome;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.Ledgers;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.ledger.Lookup;
import dev.confab.chat.message.MessageText;
import dev.confab.chat.message.StoredMessage;
import dev.confab.chat.reply.ReplyQueue;
import dev.confab.chat.statistics.Budgets;
import dev.confab.chat.support.OperatorAccess;
import dev.confab.chat.support.Operators;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.Actor;
import dev.confab.contracts.chat.ChatCommand;
import dev.confab.contracts.chat.ChatCommand.DeleteMessage;
import dev.confab.contracts.chat.ChatCommand.EditMessage;
import dev.confab.contracts.chat.ChatCommand.HandOver;
import dev.confab.contracts.chat.ChatCommand.MarkRead;
import dev.confab.contracts.chat.ChatCommand.React;
import dev.confab.contracts.chat.ChatCommand.RequestReply;
import dev.confab.contracts.chat.ChatCommand.SendMessage;
import dev.confab.contracts.chat.ChatCommand.StopReply;
import dev.confab.contracts.chat.ChatEvent;
import dev.confab.contracts.chat.ChatEvent.CommandRejected;
import dev.confab.contracts.chat.ChatEvent.OwnerChanged;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Applies a batch of commands in one transaction, whichever way they came. */
@ApplicationScoped
public class CommandApplication {
  private static final Logger LOG = Logger.getLogger(CommandApplication.class);

  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private record Reader(String conversationId, String userId) {}

  private final Ledgers ledgers;
  private final MessageCommands messages;
  private final ReplyCommands replies;
  private final HandOverCommands handOvers;
  private final Budgets budgets;
  private final Operators operators;

  CommandApplication(
      Ledgers ledgers,
      MessageCommands messages,
      ReplyCommands replies,
      HandOverCommands handOvers,
      Budgets budgets,
      Operators operators) {
    this.ledgers = ledgers;
    this.messages = messages;
    this.replies = replies;
    this.handOvers = handOvers;
    this.budgets = budgets;
    this.operators = operators;
  }

  /**
   * Applies commands in order.
   *
   * @return the outcome of each; null for one that waits for a reply's fence, whose outcome leaves
   *     as an event later
   * @throws dev.confab.chat.ledger.StorageException if the database failed; nothing has changed
   */
  public List<ChatEvent> apply(List<ChatCommand> commands, Way way) {
    Map<Reader, Integer> lastMarks = lastMarks(commands);
    return ledgers.write(
        lookup(commands),
        ledger -> {
          List<ChatEvent> outcomes = new ArrayList<>(commands.size());
          for (int i = 0; i < commands.size(); i++) {
            ChatCommand command = commands.get(i);
            boolean last = lastMarks.getOrDefault(readerOf(command), i) == i;
            outcomes.add(settle(ledger, command, decide(ledger, command, last), way));
          }
          return outcomes;
        });
  }

  /**
   * Applies a command of a request that may wait for a reply's fence.
   *
   * @return its outcome, empty if it still waits when the time is over; it will be done all the
   *     same
   */
  public Optional<ChatEvent> applyAndWait(ChatCommand command, Duration within)
      throws InterruptedException {
    long giveUp = System.nanoTime() + within.toNanos();
    ChatEvent outcome = apply(List.of(command), Way.REQUEST).get(0);
    while (outcome == null && System.nanoTime() < giveUp) {
      Thread.sleep(LOOK_EVERY);
      outcome = apply(List.of(command), Way.REQUEST).get(0);
    }
    return Optional.ofNullable(outcome);
  }

  /**
   * Applies commands of a request in order, in one transaction, up to the first that is refused.
   *
   * @return the outcomes; the last one may be a refusal, and what follows it was not looked at
   */
  public List<ChatEvent> applyUntilRefused(List<ChatCommand> commands) {
    return ledgers.write(
        lookup(commands),
        ledger -> {
          List<ChatEvent> outcomes = new ArrayList<>(commands.size());
          for (ChatCommand command : commands) {
            Outcome outcome = decide(ledger, command, true);
            outcomes.add(settle(ledger, command, outcome, Way.REQUEST));
            if (outcome instanceof Refused) {
              break;
            }
          }
          return outcomes;
        });
  }

  private Lookup lookup(List<ChatCommand> commands) {
    Lookup lookup = new Lookup();
    for (ChatCommand command : commands) {
      CommandShape.addTo(lookup, command);
      if (CommandShape.asksForReply(command)) {
        budgets.addTo(lookup, command.actor().userId());
      }
    }
    return lookup;
  }

  private static Map<Reader, Integer> lastMarks(List<ChatCommand> commands) {
    Map<Reader, Integer> last = new HashMap<>();
    for (int i = 0; i < commands.size(); i++) {
      if (commands.get(i) instanceof MarkRead mark && mark.actor() != null) {
        last.put(readerOf(mark), i);
      }
    }
    return last;
  }

  private static Reader readerOf(ChatCommand command) {
    String user = command.actor() == null ? null : command.actor().userId();
    return new Reader(command.conversationId(), user);
  }

  private Outcome decide(Ledger ledger, ChatCommand command, boolean last) {
    Optional<String> defect = CommandShape.defect(command);
    if (defect.isPresent()) {
      return new Refused(ErrorCode.INVALID_VALUE, "This value is not allowed.", defect.get());
    }
    Optional<UUID> id = Ids.parse(command.conversationId());
    Optional<LockedConversation> found = id.flatMap(ledger::conversation);
    Optional<CommandOutcome> known = id.flatMap(i -> ledger.outcome(i, command.commandId()));
    if (known.isPresent()) {
      return repeated(found, command, known.get());
    }
    if (found.isEmpty()) {
      return Outcome.notFound("conversation");
    }
    LockedConversation in = found.get();
    Actor actor = command.actor();
    Optional<ParticipantRow> participant =
        in.participant(actor.userId()).filter(p -> OperatorAccess.holds(p, actor));
    if (participant.isEmpty() && !OperatorAccess.mayAct(ledger, in, actor)) {
      return Outcome.notFound("conversation");
    }
    if (OperatorAccess.isStaff(actor.roles()) && OperatorAccess.isDesk(in.kind())) {
      operators.seen(actor.userId(), actor.name());
    }
    if (ReplyQueue.isPending(in, command.commandId())) {
      return new Pending();
    }
    return dispatch(ledger, in, participant.map(p -> learnName(in, p, command)), command, last);
  }

  private Outcome dispatch(
      Ledger ledger,
      LockedConversation in,
      Optional<ParticipantRow> participant,
      ChatCommand command,
      boolean last) {
    return switch (command) {
      case SendMessage send -> messages.send(ledger, in, send);
      case EditMessage edit -> messages.edit(ledger, in, edit);
      case DeleteMessage delete -> messages.delete(ledger, in, delete);
      case RequestReply request -> replies.request(ledger, in, request);
      case StopReply stop -> replies.stop(ledger, in, stop);
      case React react -> ReactCommands.react(ledger, in, react);
      case HandOver hand -> handOvers.handOver(ledger, in, hand);
      case MarkRead mark ->
          participant
              .map(own -> ReadCommands.mark(ledger, in, own, mark, last))
              .orElseGet(() -> ReadCommands.unmarked(mark));
    };
  }

  /** Who was added by id alone gets a name when they first act; their messages show it anyway. */
  private static ParticipantRow learnName(
      LockedConversation in, ParticipantRow participant, ChatCommand command) {
    String name = MessageText.storable(command.actor().name());
    if (name == null || name.equals(participant.name())) {
      return participant;
    }
    ParticipantRow named = participant.named(name);
    in.putParticipant(named);
    return named;
  }

  private static Outcome repeated(
      Optional<LockedConversation> in, ChatCommand command, CommandOutcome known) {
    if (known.code() != null) {
      return new Refused(known.code(), known.detail(), known.field());
    }
    Optional<StoredMessage> sent = in.flatMap(c -> CommandApplication.sent(c, command));
    if (sent.isPresent()) {
      return MessageCommands.repeated(in.get(), command, sent.get());
    }
    Optional<StoredMessage> changed =
        in.flatMap(c -> MessageCommands.target(command).flatMap(c::message));
    return changed.isPresent()
        ? MessageCommands.changeAgain(in.get(), command, changed.get())
        : ReplyCommands.accepted(command, known.messageId());
  }

  /** The message that a command has stored, if it can be found by its sender's own id. */
  private static Optional<StoredMessage> sent(LockedConversation in, ChatCommand command) {
    return command instanceof SendMessage send && send.clientId() != null
        ? in.sentAs(send.actor().userId(), send.clientId())
        : Optional.empty();
  }

  private static ChatEvent settle(Ledger ledger, ChatCommand command, Outcome outcome, Way way) {
    return switch (outcome) {
      case Told told -> {
        if (told.event() instanceof OwnerChanged changed) {
          keep(ledger, command, null, UUID.fromString(changed.message().id()));
        } else if (MessageCommands.target(command).isPresent()) {
          keep(ledger, command, null, MessageCommands.target(command).get());
        }
        yield told.event();
      }
      case Answered answered -> {
        if (answered.kept()) {
          keep(ledger, command, null, answered.messageId());
        }
        yield answer(ledger, answered.event(), way);
      }
      case Refused refused -> {
        keep(ledger, command, refused, null);
        yield answer(ledger, rejection(command, refused), way);
      }
      case Pending pending -> null;
    };
  }

  private static ChatEvent answer(Ledger ledger, ChatEvent event, Way way) {
    if (way == Way.LOG) {
      ledger.emit(event);
    }
    return event;
  }

  /** Answers a command that cannot be applied; as well as that can be done. */
  void refuse(ChatCommand command) {
    var refused = new Refused(ErrorCode.INTERNAL, "Something went wrong on our side.", null);
    try {
      ledgers.write(
          new Lookup(),
          ledger -> {
            keep(ledger, command, refused, null);
            ledger.emit(rejection(command, refused));
            return null;
          });
    } catch (RuntimeException e) {
      LOG.errorf("event=refusal_failed command=%s error=%s", command.commandId(), e.toString());
    }
  }

  private static CommandRejected rejection(ChatCommand command, Refused refused) {
    return new CommandRejected(
        command.conversationId(),
        refused.code(),
        refused.detail(),
        refused.field(),
        null,
        command.commandId(),
        command.origin());
  }

  private static void keep(Ledger ledger, ChatCommand command, Refused refused, UUID messageId) {
    if (CommandShape.defect(command).isPresent() || command instanceof MarkRead) {
      return;
    }
    Ids.parse(command.conversationId())
        .ifPresent(
            id ->
                ledger.keep(
                    new CommandOutcome(
                        id,
                        command.commandId(),
                        refused == null ? null : refused.code(),
                        refused == null ? null : refused.detail(),
                        refused == null ? null : refused.field(),
                        messageId)));
  }
}

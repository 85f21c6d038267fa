package dev.confab.chat.support;

import dev.confab.chat.conversation.ParticipantRow;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.reply.FenceRequest;
import dev.confab.chat.reply.FenceRequest.Purpose;
import dev.confab.chat.reply.Reply;
import dev.confab.chat.reply.ReplyQueue;
import dev.confab.chat.support.HandOverOutcome.Accepted;
import dev.confab.chat.support.HandOverOutcome.Done;
import dev.confab.chat.support.HandOverOutcome.Pending;
import dev.confab.chat.support.HandOverOutcome.Refused;
import dev.confab.chat.support.HandOverOutcome.Repeated;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.ChatEvent.MessageAdded;
import dev.confab.contracts.chat.ChatEvent.OwnerChanged;
import dev.confab.contracts.chat.Origin;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Changes who answers in support conversations, under their locks. While a reply runs every wish
 * waits for its fence, in the order in which they came, and each is decided then, by what the ones
 * before it left: the first to claim has it. So no text of a reply follows the change.
 */
@ApplicationScoped
public class HandOvers {
  private static final Logger LOG = Logger.getLogger(HandOvers.class);
  private static final int MAX_PENDING = 200;

  private final ReplyQueue replies;
  private final OwnerChange change;

  HandOvers(ReplyQueue replies, OwnerChange change) {
    this.replies = replies;
    this.change = change;
  }

  /**
   * Does what is asked, or has it wait for the running reply's fence.
   *
   * @param commandId the command whose outcome it is, or null
   * @param origin where that command came in, or null
   */
  public HandOverOutcome ask(
      Ledger ledger, LockedConversation in, HandOverAsked asked, String commandId, Origin origin) {
    Optional<Reply> running = in.running();
    if (running.isPresent() && hasPending(running.get())) {
      return await(ledger, in, running.get(), asked, commandId, origin);
    }
    Verdict verdict = state(in).asked(asked);
    if (running.isPresent() && verdict instanceof Verdict.Moves) {
      return await(ledger, in, running.get(), asked, commandId, origin);
    }
    HandOverOutcome outcome = carryOut(ledger, in, verdict, asked, commandId, origin);
    replies.openNext(ledger, in);
    return outcome;
  }

  /** Decides what waited for a fence; no reply runs any more. */
  public HandOverOutcome settle(
      Ledger ledger, LockedConversation in, HandOverAsked asked, String commandId, Origin origin) {
    if (!asked.isUnderstood()) {
      return new Refused(ErrorCode.INTERNAL, "Please try again.", null);
    }
    if (asked.message() != null && asked.message().clientId() != null) {
      var first = in.sentAs(asked.userId(), asked.message().clientId());
      if (first.isPresent()) {
        return new Repeated(
            DeskMessages.again(in, first.get(), commandId, origin), first.get().id());
      }
    }
    return carryOut(ledger, in, state(in).asked(asked), asked, commandId, origin);
  }

  /** A person shall answer, for a reason of ours; nothing if the assistant does not answer now. */
  public void request(Ledger ledger, LockedConversation in, String reason) {
    ask(ledger, in, HandOverAsked.request(reason), null, null);
  }

  /** The visitor's words ask for a person. */
  void requestByVisitor(Ledger ledger, LockedConversation in, String userId, String name) {
    ask(ledger, in, HandOverAsked.byVisitor(userId, name), null, null);
  }

  /** Puts a conversation back into the queue whose operator does not answer. */
  void release(Ledger ledger, LockedConversation in, String reason) {
    ask(ledger, in, HandOverAsked.release(reason), null, null);
  }

  /** Whether some wish waits for this reply's fence. */
  private static boolean hasPending(Reply running) {
    return running.running().requests().stream().anyMatch(r -> r.handOver() != null);
  }

  private HandOverOutcome await(
      Ledger ledger,
      LockedConversation in,
      Reply running,
      HandOverAsked asked,
      String commandId,
      Origin origin) {
    List<FenceRequest> before = running.running().requests();
    if (before.stream().anyMatch(r -> r.handOver() != null && asked.repeats(r.handOver()))) {
      return new Pending();
    }
    if (before.size() >= MAX_PENDING) {
      return new Refused(ErrorCode.RATE_LIMITED, "Too many ask for this at once.", null);
    }
    replies.fence(
        ledger,
        in,
        running,
        new FenceRequest(
            Purpose.HAND_OVER,
            commandId,
            origin == null ? null : origin.gateway(),
            origin == null ? null : origin.connection(),
            asked));
    return new Pending();
  }

  private HandOverOutcome carryOut(
      Ledger ledger,
      LockedConversation in,
      Verdict verdict,
      HandOverAsked asked,
      String commandId,
      Origin origin) {
    return switch (verdict) {
      case Verdict.Refused no -> new Refused(no.code(), no.detail(), no.field());
      case Verdict.Stays stays ->
          asked.message() == null ? new Accepted() : said(ledger, in, asked, commandId, origin);
      case Verdict.Moves moves -> move(ledger, in, moves, asked, commandId, origin);
    };
  }

  private HandOverOutcome move(
      Ledger ledger,
      LockedConversation in,
      Verdict.Moves moves,
      HandOverAsked asked,
      String commandId,
      Origin origin) {
    boolean speaks = asked.message() != null;
    // The outcome of a message is the message.
    OwnerChanged changed =
        change.make(
            ledger, in, state(in), moves, asked, speaks ? null : commandId, speaks ? null : origin);
    LOG.infof(
        "event=owner_changed conversation=%s owner=%s epoch=%d action=%s by=%s",
        in.name(), in.owner(), in.ownerEpoch(), asked.action(), asked.by());
    return speaks
        ? said(ledger, in, asked, commandId, origin)
        : new Done(changed, UUID.fromString(changed.message().id()));
  }

  private static HandOverOutcome said(
      Ledger ledger, LockedConversation in, HandOverAsked asked, String commandId, Origin origin) {
    MessageAdded added = DeskMessages.store(ledger, in, asked, commandId, origin);
    return new Done(added, UUID.fromString(added.message().id()));
  }

  private static OwnerState state(LockedConversation in) {
    return switch (in.owner()) {
      case OwnerState.ASSISTANT -> new OwnerState.Assistant();
      case OwnerState.WAITING -> new OwnerState.Waiting();
      case OwnerState.OPERATOR ->
          new OwnerState.Operator(
              in.operatorId(),
              OwnerState.Operator.named(
                  in.participant(in.operatorId()).map(ParticipantRow::name).orElse(null)));
      default -> new OwnerState.Closed();
    };
  }
}

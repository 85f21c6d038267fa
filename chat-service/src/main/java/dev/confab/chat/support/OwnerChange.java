package dev.confab.chat.support;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.conversation.Attendance;
import dev.confab.chat.conversation.ParticipantRow;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.message.MessageText;
import dev.confab.chat.message.StoredMessage;
import dev.confab.chat.reply.Answerer;
import dev.confab.chat.reply.Reply;
import dev.confab.chat.reply.ReplyQueue;
import dev.confab.contracts.chat.ChatEvent.OwnerChanged;
import dev.confab.contracts.chat.Handoff;
import dev.confab.contracts.chat.Origin;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a change of who answers: one message, one number, everything that goes with it. */
@ApplicationScoped
class OwnerChange {
  private final ReplyQueue replies;
  private final Staffing staffing;
  private final ChatConfig.Support config;

  OwnerChange(ReplyQueue replies, Staffing staffing, ChatConfig config) {
    this.replies = replies;
    this.staffing = staffing;
    this.config = config.support();
  }

  OwnerChanged make(
      Ledger ledger,
      LockedConversation in,
      OwnerState from,
      Verdict.Moves moves,
      HandOverAsked asked,
      String commandId,
      Origin origin) {
    if (in.running().isPresent()) {
      throw new IllegalStateException("a reply runs in " + in.name());
    }
    OwnerState to = moves.to();
    Instant now = in.notBefore(ledger.now());
    in.queued().forEach(waiting -> replies.withdraw(in, waiting));
    in.own(to.owner(), to.operatorId());
    List<String> removed = seat(in, to, now);
    String text =
        HandOverText.of(from, to, asked, staffing.outlook(in.siteId(), now, from.operatorId()));
    Handoff handoff =
        new Handoff(
            to.owner(),
            in.ownerEpoch(),
            to.operatorId(),
            MessageText.storable(to.operatorName()),
            MessageText.storable(moves.reason()));
    StoredMessage message = DeskMessages.handoff(in, now, MessageText.storable(text), handoff);
    in.attend(attendance(in, from, to, now));
    OwnerChanged changed =
        new OwnerChanged(
            in.name(),
            message.seq(),
            message.toContract(),
            in.toContract(),
            in.told(),
            removed.isEmpty() ? null : removed,
            commandId,
            origin);
    ledger.emit(changed);
    if (to instanceof OwnerState.Assistant) {
      answerOpenTurn(ledger, in);
    }
    return changed;
  }

  /** The operator who answers takes part, and no other. */
  private static List<String> seat(LockedConversation in, OwnerState to, Instant now) {
    List<String> removed = new ArrayList<>();
    for (String user : in.told()) {
      boolean operator =
          in.participant(user).filter(p -> ParticipantRow.OPERATOR.equals(p.role())).isPresent();
      if (operator && !user.equals(to.operatorId())) {
        in.removeParticipant(user);
        removed.add(user);
      }
    }
    if (to.operatorId() != null && in.participant(to.operatorId()).isEmpty()) {
      in.putParticipant(
          new ParticipantRow(
              in.id(),
              to.operatorId(),
              MessageText.storable(to.operatorName()),
              ParticipantRow.OPERATOR,
              in.lastSeq(),
              false,
              false,
              now));
    }
    return removed;
  }

  /** Who takes a visitor on, or one who waits over, has so long for a word. */
  private Attendance attendance(
      LockedConversation in, OwnerState from, OwnerState to, Instant now) {
    Attendance passed = in.attendance().passedOn(now);
    boolean expected = passed.isOpen() || !(from instanceof OwnerState.Operator);
    return to instanceof OwnerState.Operator && expected
        ? passed.within(config.operatorAnswersWithin(), now)
        : passed;
  }

  /** What the visitor said last is answered by the assistant if nobody else did. */
  private void answerOpenTurn(Ledger ledger, LockedConversation in) {
    Attendance open = in.attendance();
    Optional<String> visitor =
        in.told().stream()
            .filter(
                u ->
                    in.participant(u)
                        .filter(p -> !ParticipantRow.OPERATOR.equals(p.role()))
                        .isPresent())
            .findFirst();
    if (open.isOpen() && visitor.isPresent()) {
      String own = in.assistantId() == null ? Reply.DEFAULT_ASSISTANT : in.assistantId();
      replies.enqueue(
          ledger, in, open.openTurn(), open.openTurnSeq(), new Answerer(own, null), visitor.get());
    }
  }
}

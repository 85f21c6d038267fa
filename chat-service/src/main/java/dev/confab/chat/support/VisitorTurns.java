package dev.confab.chat.support;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.conversation.Attendance;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.message.MessageStatus;
import dev.confab.chat.message.StoredMessage;
import dev.confab.chat.reply.Answerer;
import dev.confab.chat.reply.Reply;
import dev.confab.chat.reply.ReplyPolicy;
import dev.confab.chat.reply.ReplyQueue;
import jakarta.enterprise.context.ApplicationScoped;

/** What follows when a visitor said something, and when the assistant has answered. */
@ApplicationScoped
public class VisitorTurns {
  private final ReplyQueue replies;
  private final HandOvers handOvers;
  private final HandOverPhrases phrases;
  private final ChatConfig.Support config;

  VisitorTurns(
      ReplyQueue replies, HandOvers handOvers, HandOverPhrases phrases, ChatConfig config) {
    this.replies = replies;
    this.handOvers = handOvers;
    this.phrases = phrases;
    this.config = config.support();
  }

  /**
   * Has a visitor's message answered, or a person asked for.
   *
   * @param spent whether the assistant may cost nothing more today
   */
  public void said(
      Ledger ledger,
      LockedConversation in,
      StoredMessage message,
      Answerer answerer,
      boolean spent) {
    Attendance open = in.attendance().opened(message.id(), message.seq());
    boolean operator = OwnerState.OPERATOR.equals(in.owner());
    in.attend(operator ? open.within(config.operatorAnswersWithin(), ledger.now()) : open);
    if (!ReplyPolicy.of(in.kind(), in.owner()).answers(message.content())) {
      return;
    }
    if (phrases.ask(message.content())) {
      handOvers.requestByVisitor(ledger, in, message.senderId(), message.senderName());
    } else if (spent) {
      handOvers.request(ledger, in, HandOverReasons.ASSISTANT_FAILED);
    } else {
      replies.ask(ledger, in, message, answerer, message.senderId());
    }
  }

  /** A reply that said something was heard; its turn is not answered again, whoever goes on. */
  public void heard(LockedConversation in, Reply reply, StoredMessage ended) {
    boolean spoke = ended.status() != MessageStatus.FAILED && !ended.content().isBlank();
    if (spoke && reply.turnId().equals(in.attendance().openTurn())) {
      in.attend(in.attendance().answered());
    }
  }

  /**
   * Looks at how a reply ended: whoever was not answered gets a person.
   *
   * @param asksForPerson whether the model wants one
   * @param neverBegan whether its time was over before it said anything
   */
  public void ended(
      Ledger ledger,
      LockedConversation in,
      Reply reply,
      StoredMessage ended,
      boolean asksForPerson,
      boolean neverBegan) {
    boolean current =
        OperatorAccess.SUPPORT.equals(in.kind())
            && OwnerState.ASSISTANT.equals(in.owner())
            && reply.epoch() == in.ownerEpoch();
    if (!current) {
      return;
    }
    boolean failed =
        ended.status() == MessageStatus.FAILED || ended.status() == MessageStatus.INTERRUPTED;
    if (asksForPerson) {
      handOvers.request(ledger, in, HandOverReasons.ASSISTANT_ASKED);
    } else if (failed) {
      String why = neverBegan ? HandOverReasons.UNANSWERED : HandOverReasons.ASSISTANT_FAILED;
      handOvers.request(ledger, in, why);
    } else if (reply.turnId().equals(in.attendance().openTurn())) {
      in.attend(in.attendance().answered());
    }
  }
}

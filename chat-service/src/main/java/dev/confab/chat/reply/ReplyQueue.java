package dev.confab.chat.reply;

import dev.confab.chat.ChatConfig;
import dev.confab.chat.ledger.Ids;
import dev.confab.chat.ledger.Ledger;
import dev.confab.chat.ledger.LockedConversation;
import dev.confab.chat.message.Births;
import dev.confab.chat.message.ReplyText;
import dev.confab.chat.message.StoredMessage;
import dev.confab.chat.model.Models;
import dev.confab.chat.reply.FenceRequest.Purpose;
import dev.confab.chat.reply.ReplyState.Queued;
import dev.confab.chat.reply.ReplyState.Running;
import dev.confab.chat.support.OperatorAccess;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.ChatEvent.MessageAdded;
import dev.confab.contracts.chat.ChatEvent.ReplyOpened;
import dev.confab.contracts.chat.RunningReply;
import dev.confab.contracts.chat.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** One reply at a time per conversation; the others wait, each with its deadline. */
@ApplicationScoped
public class ReplyQueue {
  /** Of a visitor's time this part is for the fence and for a sweeper that dies: 5 s of 60 s. */
  private static final int SETTLING_PART = 12;

  /** Whatever the tolerance is, a turn has this part of its time to be begun. */
  private static final int LEAST_PART = 4;

  private final ChatConfig.Replies config;
  private final Models models;

  ReplyQueue(ChatConfig config, Models models) {
    this.config = config.replies();
    this.models = models;
  }

  /** Answers a message now, or when it is its turn. */
  public Reply ask(
      Ledger ledger, LockedConversation in, StoredMessage turn, Answerer answerer, String userId) {
    Reply reply = waiting(ledger, in, turn.id(), turn.seq(), answerer, userId);
    in.putReply(reply);
    openNext(ledger, in);
    return reply;
  }

  /** Has a message answered that was stored before; nothing is opened yet. */
  public void enqueue(
      Ledger ledger,
      LockedConversation in,
      UUID turnId,
      long turnSeq,
      Answerer answerer,
      String userId) {
    in.putReply(waiting(ledger, in, turnId, turnSeq, answerer, userId));
  }

  /** Answers a message with an honest sentence in place of a reply. */
  public void refuse(
      Ledger ledger,
      LockedConversation in,
      StoredMessage turn,
      Answerer answerer,
      String userId,
      ErrorCode why) {
    decline(ledger, in, waiting(ledger, in, turn.id(), turn.seq(), answerer, userId), why);
  }

  private Reply waiting(
      Ledger ledger,
      LockedConversation in,
      UUID turnId,
      long turnSeq,
      Answerer answerer,
      String userId) {
    return new Reply(
        in.id(),
        Ids.next(),
        turnId,
        turnSeq,
        answerer.assistantId(),
        answerer.persona(),
        userId,
        in.ownerEpoch(),
        ledger.now(),
        ledger.now().plus(beginWithin(in)),
        new Queued());
  }

  /** A visitor is handed over to a person by then, so that is begun while there is time. */
  private Duration beginWithin(LockedConversation in) {
    Duration whole = config.beginWithin();
    Duration left = whole.minus(config.beginTolerance()).minus(whole.dividedBy(SETTLING_PART));
    boolean early =
        OperatorAccess.SUPPORT.equals(in.kind()) && left.compareTo(whole.dividedBy(LEAST_PART)) > 0;
    return early ? left : whole;
  }

  /** Opens the first reply that waits, if none runs. */
  public void openNext(Ledger ledger, LockedConversation in) {
    if (in.running().isPresent()) {
      return;
    }
    for (Reply waiting : in.queued()) {
      if (mayOpen(in, waiting)) {
        open(ledger, in, waiting);
        return;
      }
      in.putReply(waiting.ended());
    }
  }

  private static boolean mayOpen(LockedConversation in, Reply waiting) {
    return !in.isClosed()
        && waiting.epoch() == in.ownerEpoch()
        && ReplyPolicy.of(in.kind(), in.owner()).allowsRequests();
  }

  private void open(Ledger ledger, LockedConversation in, Reply waiting) {
    Instant now = in.notBefore(ledger.now());
    long seq = in.nextSeq(now);
    Reply opened = waiting.open(seq, now);
    in.putReply(opened);
    in.add(
        Births.ofReply(
            in.id(),
            seq,
            opened.messageId(),
            opened.assistantId(),
            senderName(in, opened),
            opened.turnId(),
            opened.onBehalfOf(),
            now));
    ledger.emit(new ReplyOpened(in.name(), seq, announce(opened), in.told(), null, null));
    order(ledger, in, opened, 1, "");
  }

  /** Has the next attempt continue what was said so far. */
  void reopen(Ledger ledger, LockedConversation in, Reply running, int attempt, String textSoFar) {
    Reply reopened = running.reopened(attempt);
    in.putReply(reopened);
    order(ledger, in, reopened, attempt, textSoFar);
  }

  private void order(
      Ledger ledger, LockedConversation in, Reply reply, int attempt, String textSoFar) {
    ledger.order(
        new CompletionOrder(
            reply,
            in.id(),
            settings(in, reply),
            "room".equals(in.kind()) || in.participantCount() > 1,
            OperatorAccess.SUPPORT.equals(in.kind()),
            attempt,
            textSoFar,
            reply.running().openedAt().plus(config.endWithin())));
  }

  /** Who was asked answers as it is; a model that is gone leaves the choice to a wider scope. */
  private Settings settings(LockedConversation in, Reply reply) {
    Settings chosen = in.settings();
    if (reply.persona() != null) {
      chosen = reply.persona().settings();
    } else if (!isOwn(in, reply)) {
      chosen = chosen.withModel(reply.assistantId());
    }
    return chosen.withModel(models.answering(chosen.model()).orElse(null));
  }

  private static boolean isOwn(LockedConversation in, Reply reply) {
    return Reply.DEFAULT_ASSISTANT.equals(reply.assistantId())
        || reply.assistantId().equals(in.assistantId());
  }

  /** Under which name a reply is written. */
  static String senderName(LockedConversation in, Reply reply) {
    if (reply.persona() != null) {
      return reply.persona().name();
    }
    return isOwn(in, reply) && in.assistantName() != null ? in.assistantName() : Reply.SENDER_NAME;
  }

  /** Ends a reply that still waits with an honest sentence. */
  void decline(Ledger ledger, LockedConversation in, Reply waiting, ErrorCode why) {
    endUnopened(ledger, in, waiting, ReplyEnding.fallback(why));
  }

  /** Stops a reply that still waits; everybody sees that it said nothing. */
  public void stop(Ledger ledger, LockedConversation in, Reply waiting) {
    if (waiting.turnId().equals(in.attendance().openTurn())) {
      in.attend(in.attendance().answered());
    }
    endUnopened(ledger, in, waiting, ReplyEnding.stopped());
  }

  private static void endUnopened(
      Ledger ledger, LockedConversation in, Reply waiting, ReplyText text) {
    Instant now = in.notBefore(ledger.now());
    long seq = in.nextSeq(now);
    StoredMessage ended =
        Births.ofReply(
                in.id(),
                seq,
                waiting.messageId(),
                waiting.assistantId(),
                senderName(in, waiting),
                waiting.turnId(),
                waiting.onBehalfOf(),
                now)
            .ended(text, seq);
    in.add(ended);
    in.putReply(waiting.ended());
    ledger.emit(new MessageAdded(in.name(), seq, ended.toContract(), in.told(), null, null));
  }

  /** Takes a waiting reply out of the queue. */
  public void withdraw(LockedConversation in, Reply waiting) {
    in.putReply(waiting.ended());
  }

  /** Withdraws whatever waits to answer a message. */
  public void withdraw(LockedConversation in, UUID turnId) {
    in.queued().stream().filter(r -> r.turnId().equals(turnId)).forEach(r -> withdraw(in, r));
  }

  /**
   * Ends what is written in the names of members: what runs is fenced, what waits is withdrawn
   * without a word.
   */
  public void silence(Ledger ledger, LockedConversation in, Predicate<String> member) {
    in.queued().stream().filter(r -> isFor(member, r)).forEach(r -> withdraw(in, r));
    in.running()
        .filter(r -> isFor(member, r) && r.running().fencedAt() == null)
        .ifPresent(
            r -> fence(ledger, in, r, new FenceRequest(Purpose.MEMBER_IS_BACK, null, null, null)));
    openNext(ledger, in);
  }

  private static boolean isFor(Predicate<String> member, Reply reply) {
    return reply.onBehalfOf() != null && member.test(reply.onBehalfOf());
  }

  /** Has a running reply ended; what asked for it is done when the fence was read back. */
  public void fence(Ledger ledger, LockedConversation in, Reply running, FenceRequest request) {
    Running state = running.running();
    if (state.fencedAt() == null) {
      ledger.fence(in.id(), running.messageId(), state.attempt(), true);
    }
    in.putReply(running.fenced(request, ledger.now()));
  }

  /** Whether a command waits for a fence already. */
  public static boolean isPending(LockedConversation in, String commandId) {
    Optional<Reply> running = in.running();
    return commandId != null
        && running.isPresent()
        && running.get().running().requests().stream()
            .anyMatch(r -> commandId.equals(r.commandId()));
  }

  /** A running reply as clients are told of it. */
  public static RunningReply announce(Reply reply) {
    return new RunningReply(
        reply.running().openedSeq(),
        reply.messageId().toString(),
        reply.turnId().toString(),
        reply.assistantId(),
        reply.onBehalfOf());
  }
}

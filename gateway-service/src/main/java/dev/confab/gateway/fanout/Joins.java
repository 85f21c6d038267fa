package dev.confab.gateway.fanout;

import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.Changes;
import dev.confab.gateway.chatservice.ChatServiceClient;
import io.vertx.core.Vertx;

/**
 * The steps of a join: the subscription is confirmed, a snapshot is read and sent page by page, the
 * connection is settled at its end.
 */
final class Joins {
  private static final long RETRY_MILLIS = 300;
  private static final long DRAIN_POLL_MILLIS = 10;
  private static final int ATTEMPTS = 5;

  private final Fanout fanout;
  private final ChatServiceClient chat;
  private final Vertx vertx;

  Joins(Fanout fanout, ChatServiceClient chat, Vertx vertx) {
    this.fanout = fanout;
    this.chat = chat;
    this.vertx = vertx;
  }

  /**
   * @param asked whether a client frame asked for it; else it is the first step of another one
   */
  private record Join(Room.Member member, String frameId, boolean asked) {
    Subscriber subscriber() {
      return member.subscriber();
    }
  }

  void begin(Room.Member member, Long afterSeq, String history, String frameId, boolean asked) {
    var join = new Join(member, frameId, asked);
    member
        .room()
        .ready()
        .onComplete(done -> fanout.run(() -> first(join, afterSeq, history, ATTEMPTS)));
  }

  private void first(Join join, Long afterSeq, String history, int attempts) {
    if (!join.member().isCurrent()) {
      return;
    }
    chat.changes(
            join.member().room().conversationId(),
            afterSeq,
            history,
            join.subscriber().userId(),
            join.subscriber().staffRole())
        .onComplete(
            answer ->
                fanout.run(
                    () -> {
                      if (answer.succeeded()) {
                        firstPage(join, answer.result());
                      } else if (answer.cause() instanceof ChatServiceClient.UnknownConversation) {
                        refuse(join, ErrorCode.NOT_FOUND, "No such conversation.", null);
                      } else if (attempts > 1) {
                        vertx.setTimer(
                            RETRY_MILLIS,
                            timer ->
                                fanout.run(() -> first(join, afterSeq, history, attempts - 1)));
                      } else {
                        refuse(
                            join,
                            ErrorCode.INTERNAL,
                            "The conversation cannot be read now.",
                            RETRY_MILLIS * ATTEMPTS);
                      }
                    }));
  }

  private void firstPage(Join join, Changes page) {
    if (!join.member().isCurrent()) {
      return;
    }
    if (!page.member()) {
      refuse(join, ErrorCode.NOT_FOUND, "No such conversation.", null);
      return;
    }
    join.member().enters(page.conversation());
    join.subscriber().send(V1Frames.joined(join.frameId(), page));
    fanout.shown(join.member());
    fanout.company().gather(join.member().room(), page.conversation().participants());
    fanout.company().introduce(join.subscriber(), join.member().room());
    page(join, page);
  }

  private void page(Join join, Changes page) {
    page.messages().forEach(message -> join.subscriber().send(V1Frames.messageReceived(message)));
    if (page.more()) {
      next(join, page);
      return;
    }
    var room = join.member().room();
    var settling = room.sequencer().settle(join.member(), page);
    fanout.watch(room);
    if (settling == Sequencer.Settling.READ_ON) {
      next(join, page);
    }
  }

  /** Reads on when the connection has sent what it has, so that a long past fits a slow reader. */
  private void next(Join join, Changes page) {
    if (!join.member().isCurrent()) {
      return;
    }
    if (!join.subscriber().isDrained()) {
      vertx.setTimer(DRAIN_POLL_MILLIS, timer -> fanout.run(() -> next(join, page)));
      return;
    }
    chat.changes(
            join.member().room().conversationId(),
            page.upTo(),
            page.conversation().history(),
            null,
            null)
        .onComplete(
            answer ->
                fanout.run(
                    () -> {
                      if (!join.member().isCurrent()) {
                        return;
                      }
                      if (answer.succeeded()) {
                        page(join, answer.result());
                      } else {
                        vertx.setTimer(RETRY_MILLIS, timer -> fanout.run(() -> next(join, page)));
                      }
                    }));
  }

  private void refuse(Join join, ErrorCode code, String message, Long retryAfterMs) {
    if (!join.member().isCurrent()) {
      return;
    }
    fanout.leave(join.subscriber(), join.member().room().conversationId());
    if (join.asked()) {
      join.subscriber().send(V1Frames.error(join.frameId(), code, message, null, retryAfterMs));
    }
    join.member().refused(code, message, retryAfterMs);
  }
}

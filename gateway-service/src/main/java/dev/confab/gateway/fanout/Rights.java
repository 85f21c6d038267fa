package dev.confab.gateway.fanout;

import dev.confab.contracts.chat.Changes;
import dev.confab.gateway.chatservice.ChatServiceClient;
import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;

/**
 * Who may stay in a room. Participants may until they are removed; staff follow a conversation by a
 * right that chat-service knows, so it is asked again when its participants change.
 */
final class Rights implements Room.Door {
  private static final long RETRY_MILLIS = 300;
  private static final int ATTEMPTS = 10;

  private final Fanout fanout;
  private final ChatServiceClient chat;
  private final Vertx vertx;

  Rights(Fanout fanout, ChatServiceClient chat, Vertx vertx) {
    this.fanout = fanout;
    this.chat = chat;
    this.vertx = vertx;
  }

  @Override
  public void shut(Room.Member member) {
    fanout.shutOut(member);
  }

  @Override
  public void doubt(Room.Member member) {
    ask(member, ATTEMPTS);
  }

  private void ask(Room.Member member, int attempts) {
    if (!member.isCurrent()) {
      return;
    }
    Subscriber subscriber = member.subscriber();
    chat.changes(
            member.room().conversationId(), null, null, subscriber.userId(), subscriber.staffRole())
        .onComplete(answer -> fanout.run(() -> decide(member, answer, attempts)));
  }

  private void decide(Room.Member member, AsyncResult<Changes> answer, int attempts) {
    if (!member.isCurrent() || answer.succeeded() && answer.result().member()) {
      return;
    }
    boolean unknown = answer.cause() instanceof ChatServiceClient.UnknownConversation;
    if (answer.failed() && !unknown && attempts > 1) {
      vertx.setTimer(RETRY_MILLIS, timer -> fanout.run(() -> ask(member, attempts - 1)));
    } else {
      // Without an answer for so long a right is not taken for granted.
      shut(member);
    }
  }
}

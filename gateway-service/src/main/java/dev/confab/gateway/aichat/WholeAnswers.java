package dev.confab.gateway.aichat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.chatservice.PublicApi;
import dev.confab.gateway.chatservice.PublicApi.Answer;
import dev.confab.gateway.dialect.AiChatFrames;
import dev.confab.gateway.fanout.EntryRefused;
import dev.confab.gateway.fanout.Fanout;
import dev.confab.gateway.rest.Outcome;
import dev.confab.gateway.security.Identity;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A message and its whole answer in one request. The conversation is followed like by a socket,
 * before the message is stored, so the answer cannot be missed.
 */
@ApplicationScoped
class WholeAnswers {
  private static final int GATEWAY_TIMEOUT = 504;

  private record Exchange(AiChatFrames.Message userMessage, AiChatFrames.Message aiMessage) {}

  private final Fanout fanout;
  private final PublicApi chat;
  private final AiChatConfig config;
  private final Vertx vertx;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Map<String, Integer> waitingByUser = new ConcurrentHashMap<>();

  WholeAnswers(Fanout fanout, PublicApi chat, AiChatConfig config, Vertx vertx) {
    this.fanout = fanout;
    this.chat = chat;
    this.config = config;
    this.vertx = vertx;
  }

  /**
   * Sends a message and waits for its answer.
   *
   * @param key the client's own id of the message, or null; the same again gets the same answer
   */
  Future<Outcome> ask(
      Identity identity, String token, String conversationId, String content, String key) {
    if (!enter(identity.userId())) {
      return Future.succeededFuture(
          Outcome.problem(ErrorCode.RATE_LIMITED, "too many requests wait for their answer"));
    }
    WholeAnswer answer = new WholeAnswer(identity.userId());
    return fanout
        .enter(answer, conversationId)
        .compose(entered -> send(token, conversationId, content, key))
        .compose(sent -> sent.isSuccess() ? await(answer, sent, token, key) : refused(sent))
        .recover(WholeAnswers::unavailable)
        .onComplete(
            done -> {
              fanout.disconnected(answer);
              leave(identity.userId());
            });
  }

  private boolean enter(String userId) {
    if (waiting.incrementAndGet() > config.maxWaiting()) {
      waiting.decrementAndGet();
      return false;
    }
    if (waitingByUser.merge(userId, 1, Integer::sum) > config.maxWaitingPerUser()) {
      leave(userId);
      return false;
    }
    return true;
  }

  private void leave(String userId) {
    waiting.decrementAndGet();
    waitingByUser.computeIfPresent(userId, (user, count) -> count == 1 ? null : count - 1);
  }

  private Future<Answer> send(String token, String conversationId, String content, String key) {
    String clientId = key == null ? UUID.randomUUID().toString() : key;
    return chat.call(
        new PublicApi.Request(
            HttpMethod.POST,
            "/api/v1/conversations/" + conversationId + "/messages",
            token,
            clientId,
            Map.of("content", content),
            config.timeout()));
  }

  private Future<Outcome> await(WholeAnswer answer, Answer sent, String token, String key) {
    JsonNode message = sent.body();
    Promise<Outcome> outcome = Promise.promise();
    long timer =
        vertx.setTimer(
            config.answerWithin().toMillis(),
            elapsed ->
                outcome.tryComplete(
                    Outcome.problem(
                        GATEWAY_TIMEOUT,
                        ErrorCode.AI_UNAVAILABLE,
                        "the message is stored, its answer did not come in time; it will be among"
                            + " the session's messages")));
    answer
        .to(message.path("id").asText())
        .onSuccess(
            reply ->
                outcome.tryComplete(
                    Outcome.ok(
                        new Exchange(
                            AiChatFrames.Message.of(message), AiChatFrames.Message.of(reply)))))
        .onFailure(outcome::tryFail);
    if (key != null) {
      lookForEarlier(answer, message, token);
    }
    return outcome.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  /** A message that was sent before may have been answered before. */
  private void lookForEarlier(WholeAnswer answer, JsonNode message, String token) {
    String path =
        "/api/v1/conversations/%s/messages?after_seq=%d&limit=50"
            .formatted(message.path("conversation_id").asText(), message.path("seq").asLong());
    chat.call(new PublicApi.Request(HttpMethod.GET, path, token, null, null, config.timeout()))
        .onSuccess(page -> page.body().path("items").forEach(answer::stored));
  }

  private static Future<Outcome> refused(Answer answer) {
    return Future.succeededFuture(Outcome.refused(answer, "message"));
  }

  private static Future<Outcome> unavailable(Throwable failure) {
    boolean unknown =
        failure instanceof EntryRefused refused && refused.code() == ErrorCode.NOT_FOUND;
    return Future.succeededFuture(
        unknown
            ? Outcome.problem(ErrorCode.NOT_FOUND, "there is no such session")
            : Outcome.problem(503, ErrorCode.INTERNAL, "chat-service is not available now"));
  }
}

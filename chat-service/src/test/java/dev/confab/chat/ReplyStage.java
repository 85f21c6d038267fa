package dev.confab.chat;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.contracts.RedisKeys;
import dev.confab.contracts.Topics;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.ai.ReplyRecord;
import dev.confab.contracts.ai.ReplyRecord.ReplyCompleted;
import dev.confab.contracts.ai.ReplyRecord.ReplyDelta;
import dev.confab.contracts.ai.ReplyRecord.ReplyStarted;
import dev.confab.contracts.chat.ChatEvent;
import dev.confab.contracts.chat.Usage;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.value.SetArgs;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/** Plays ai-service, and keeps what chat-service says. */
final class ReplyStage implements AutoCloseable {
  final String runner = "runner-" + UUID.randomUUID();
  final KafkaPeer<ChatEvent> events;
  final KafkaPeer<CompletionRequested> requests;
  final KafkaPeer<ReplyRecord> stream;
  private final RedisDataSource redis;

  ReplyStage(String bootstrap, ObjectMapper json, RedisDataSource redis) {
    this.redis = redis;
    events = new KafkaPeer<>(bootstrap, Topics.CHAT_EVENTS, ChatEvent.class, json);
    requests = new KafkaPeer<>(bootstrap, Topics.AI_REQUESTS, CompletionRequested.class, json);
    stream = new KafkaPeer<>(bootstrap, Topics.AI_STREAM, ReplyRecord.class, json);
    live(runner);
  }

  void live(String runnerId) {
    redis.value(String.class).set(RedisKeys.runner(runnerId), "up", new SetArgs().px(120_000));
  }

  void die(String runnerId) {
    redis.key().del(RedisKeys.runner(runnerId));
  }

  CompletionRequested request(String conversation) {
    return request(conversation, r -> true);
  }

  CompletionRequested request(String conversation, Predicate<CompletionRequested> which) {
    return await()
        .until(
            () ->
                requests.seen().stream()
                    .filter(r -> r.conversationId().equals(conversation) && which.test(r))
                    .findFirst()
                    .orElse(null),
            r -> r != null);
  }

  void begin(CompletionRequested request, String text) {
    begin(request, runner, text);
  }

  void begin(CompletionRequested request, String by, String text) {
    String conversation = request.conversationId();
    String message = request.messageId();
    int attempt = request.attempt();
    stream.write(conversation, new ReplyStarted(conversation, message, attempt, by));
    int offset = request.textSoFar().length();
    stream.write(conversation, new ReplyDelta(conversation, message, attempt, by, offset, text));
  }

  void complete(CompletionRequested request, String by, int length, String reason) {
    String conversation = request.conversationId();
    stream.write(
        conversation,
        new ReplyCompleted(
            conversation,
            request.messageId(),
            request.attempt(),
            by,
            length,
            new Usage(3, 4, 7),
            "model-1",
            reason,
            null));
  }

  <E extends ChatEvent> E event(String conversation, Class<E> type, Predicate<E> which) {
    return await()
        .until(
            () ->
                events.seen().stream()
                    .filter(e -> e.conversationId().equals(conversation))
                    .filter(type::isInstance)
                    .map(type::cast)
                    .filter(which)
                    .findFirst()
                    .orElse(null),
            e -> e != null);
  }

  <E extends ChatEvent> E event(String conversation, Class<E> type) {
    return event(conversation, type, e -> true);
  }

  List<ChatEvent> events(String conversation) {
    return events.seen().stream().filter(e -> e.conversationId().equals(conversation)).toList();
  }

  @Override
  public void close() {
    events.close();
    requests.close();
    stream.close();
  }
}

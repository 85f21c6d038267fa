package dev.confab.ai.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.ai.AiConfig;
import dev.confab.ai.reply.Replies;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.RedisKeys;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.ai.CompletionRequested.Turn;
import dev.confab.contracts.ai.ReplyRecord.ReplyCompleted;
import dev.confab.contracts.ai.ReplyRecord.ReplyDelta;
import dev.confab.contracts.ai.ReplyRecord.ReplyStarted;
import dev.confab.contracts.chat.Settings;
import dev.confab.contracts.chat.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.RedisAPI;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ScriptedWorld.class)
class RepliesIT {
  private static final Duration SOON = Duration.ofSeconds(3);

  @Inject ObjectMapper json;
  @Inject AiConfig config;
  @Inject Replies replies;
  @Inject RedisAPI redis;
  private Stream stream;
  private ScriptedLlm llm;

  @BeforeEach
  void connect() throws InterruptedException {
    stream = new Stream(config.kafka().bootstrapServers(), json);
    llm = ScriptedWorld.llm;
    llm.on("backup", x -> x.headers().token("from the backup").finish("stop", 1, 2).done());
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    stream.close();
  }

  @Test
  void streamsTokensThenUsage() {
    String model = model();
    llm.on(model, x -> x.headers().token("Hello ").token("🌍").finish("stop", 11, 2).done());
    CompletionRequested request = request(model, "", 1);

    stream.ask(request);

    ReplyCompleted completion = stream.completion(request);
    assertThat(stream.text(request)).isEqualTo("Hello 🌍");
    assertThat(stream.of(request).getFirst()).isInstanceOf(ReplyStarted.class);
    assertThat(completion.length()).isEqualTo(8);
    assertThat(completion.usage()).isEqualTo(new Usage(11, 2, 13));
    assertThat(completion.reason()).isEqualTo("stop");
    assertThat(completion.model()).isEqualTo(model);
    JsonObject asked = llm.asked(model).getFirst().request;
    assertThat(asked.getJsonArray("messages").encode())
        .isEqualTo(
            "[{\"role\":\"system\",\"content\":\"Be brief\"},"
                + "{\"role\":\"user\",\"content\":\"Ada: Hi\"}]");
    assertThat(asked.getJsonObject("stream_options").getBoolean("include_usage")).isTrue();
    assertThat(asked.getDouble("temperature")).isEqualTo(0.5);
    assertThat(asked.getInteger("max_tokens")).isEqualTo(300);
  }

  @Test
  void saysWhenTheModelRanOutOfRoom() {
    String model = model();
    llm.on(model, x -> x.headers().token("Hel").finish("length", 1, 1).done());
    CompletionRequested request = request(model, "", 1);

    stream.ask(request);

    assertThat(stream.completion(request).reason()).isEqualTo("length");
  }

  @Test
  void joinsTokensThatComeTogetherButSendsTheFirstAtOnce() {
    String model = model();
    llm.on(
        model,
        x -> {
          x.headers().token("first ");
          x.after(
              300,
              () -> {
                IntStream.range(0, 200).forEach(i -> x.token("t" + i + " "));
                x.finish("stop", 1, 201).done();
              });
        });
    CompletionRequested request = request(model, "", 1);

    stream.ask(request);

    stream.completion(request);
    List<ReplyDelta> deltas =
        stream.of(request).stream()
            .filter(ReplyDelta.class::isInstance)
            .map(ReplyDelta.class::cast)
            .toList();
    assertThat(deltas.getFirst().text()).isEqualTo("first ");
    assertThat(deltas.size()).isBetween(2, 60);
    assertThat(stream.text(request)).startsWith("first t0 t1 ").endsWith(" t199 ");
  }

  @Test
  void hangsUpBeforeTheFirstToken() {
    String model = model();
    llm.on(model, x -> {});
    CompletionRequested request = request(model, "", 1);
    stream.ask(request);
    await().atMost(SOON).until(() -> llm.asked(model).size() == 1);

    stream.cancel(request);

    await().atMost(Duration.ofMillis(800)).until(() -> llm.asked(model).getFirst().hungUp.isDone());
    assertThat(stream.of(request)).hasSize(1).first().isInstanceOf(ReplyStarted.class);
  }

  @Test
  void hangsUpAmidTokens() {
    String model = model();
    llm.on(model, x -> tokens(x.headers(), 20));
    CompletionRequested request = request(model, "", 1);
    stream.ask(request);
    await().atMost(SOON).until(() -> stream.text(request).length() > 10);

    stream.cancel(request);

    await().atMost(Duration.ofMillis(500)).until(() -> llm.asked(model).getFirst().hungUp.isDone());
    await().atMost(SOON).until(() -> replies.count() == 0);
    assertThat(stream.of(request)).noneMatch(ReplyCompleted.class::isInstance);
  }

  @Test
  void neverAsksForAReplyCancelledBeforeItsRequest() {
    String model = model();
    CompletionRequested cancelled = request(model, "", 1);
    stream.cancel(cancelled);
    hangsUpAmidTokens();

    stream.ask(cancelled);
    streamsTokensThenUsage();

    assertThat(llm.asked(model)).isEmpty();
    assertThat(stream.of(cancelled)).isEmpty();
  }

  @Test
  void asksTheNextProviderWhenTheFirstKeepsSilent() {
    String model = model();
    llm.on(model, x -> x.headers());
    CompletionRequested request = request(model, "", 1);

    stream.ask(request);

    assertThat(stream.completion(request).model()).isEqualTo("backup");
    assertThat(stream.text(request)).isEqualTo("from the backup");
    assertThat(llm.asked(model).getFirst().hungUp).isDone();
  }

  @Test
  void asksTheNextProviderOnAnErrorStatus() {
    String model = model();
    llm.on(model, x -> x.status(503));
    CompletionRequested request = request(model, "", 1);

    stream.ask(request);

    assertThat(stream.completion(request).model()).isEqualTo("backup");
  }

  @Test
  void failsHonestlyWhenNobodyAnswers() {
    String model = model();
    llm.on(model, x -> x.status(500));
    llm.on("backup", x -> x.status(500));
    CompletionRequested request = request(model, "", 1);

    stream.ask(request);

    ReplyCompleted completion = stream.completion(request);
    assertThat(completion.reason()).isEqualTo("failed");
    assertThat(completion.error()).isEqualTo(ErrorCode.AI_UNAVAILABLE);
    assertThat(completion.length()).isZero();
  }

  @Test
  void failsWithWhatWasSaidWhenTheStreamStalls() {
    String model = model();
    llm.on(model, x -> x.headers().token("so far"));
    CompletionRequested request = request(model, "", 1);

    stream.ask(request);

    assertFailedAfter("so far", request);
    await().atMost(SOON).until(() -> llm.asked(model).getFirst().hungUp.isDone());
  }

  @Test
  void failsWithWhatWasSaidWhenTheStreamIsCut() {
    String model = model();
    llm.on(
        model,
        x -> {
          x.headers().token("so far");
          x.after(50, x::cut);
        });
    CompletionRequested request = request(model, "", 1);

    stream.ask(request);

    assertFailedAfter("so far", request);
  }

  @Test
  void failsWithWhatWasSaidWhenTheStreamEndsWithoutAReason() {
    String model = model();
    llm.on(
        model,
        x -> {
          x.headers().token("so far");
          x.after(50, () -> x.raw("{}").end());
        });
    CompletionRequested request = request(model, "", 1);

    stream.ask(request);

    assertFailedAfter("so far", request);
  }

  @Test
  void failsWithWhatWasSaidWhenAChunkIsMalformed() {
    String model = model();
    llm.on(model, x -> x.headers().token("so far").raw("{\"choices\":[{").token("never"));
    CompletionRequested request = request(model, "", 1);

    stream.ask(request);

    assertFailedAfter("so far", request);
    await().atMost(SOON).until(() -> llm.asked(model).getFirst().hungUp.isDone());
  }

  @Test
  void failsWithWhatWasSaidOnAnErrorAmidTheStream() {
    String model = model();
    llm.on(model, x -> x.headers().token("so far").raw("{\"error\":{\"message\":\"no\"}}"));
    CompletionRequested request = request(model, "", 1);

    stream.ask(request);

    assertFailedAfter("so far", request);
  }

  @Test
  void endsAtItsDeadlineThoughTokensCome() {
    String model = model();
    llm.on(model, x -> tokens(x.headers(), 50));
    CompletionRequested request = due(request(model, "", 1), Instant.now().plusSeconds(1));

    stream.ask(request);

    assertThat(stream.completion(request).reason()).isEqualTo("failed");
    await().atMost(SOON).until(() -> llm.asked(model).getFirst().hungUp.isDone());
  }

  @Test
  void continuesWhatAnEarlierAttemptSaid() {
    String model = model();
    llm.on(
        model,
        x -> x.headers().token("and then there ").token("was light").finish("stop", 1, 2).done());
    CompletionRequested request = request(model, "In the beginning, and then there ", 2);

    stream.ask(request);

    ReplyCompleted completion = stream.completion(request);
    ReplyDelta delta = (ReplyDelta) stream.of(request).get(1);
    assertThat(delta.offset()).isEqualTo(request.textSoFar().length());
    assertThat(delta.text()).isEqualTo("was light");
    assertThat(completion.attempt()).isEqualTo(2);
    assertThat(completion.length()).isEqualTo(request.textSoFar().length() + 9);
    JsonObject last = llm.asked(model).getFirst().request.getJsonArray("messages").getJsonObject(2);
    assertThat(last.getString("role")).isEqualTo("assistant");
    assertThat(last.getBoolean("prefix")).isTrue();
  }

  @Test
  void startsNoTwinForARedeliveredRequest() {
    String model = model();
    llm.on(model, x -> x.headers().token("once").finish("stop", 1, 1).done());
    CompletionRequested request = request(model, "", 1);

    stream.ask(request);
    stream.ask(request);
    stream.completion(request);
    streamsTokensThenUsage();

    assertThat(llm.asked(model)).hasSize(1);
  }

  @Test
  void leavesAnAttemptToTheRunnerThatHoldsItWhileThatLives() {
    String model = model();
    CompletionRequested request = request(model, "", 1);
    set(RedisKeys.attemptClaim(request.messageId(), 1), "another");
    set(RedisKeys.runner("another"), "1");

    stream.ask(request);
    streamsTokensThenUsage();

    assertThat(llm.asked(model)).isEmpty();
    redis.delAndAwait(List.of(RedisKeys.runner("another")));
  }

  @Test
  void takesAnAttemptFromARunnerThatDied() {
    String model = model();
    llm.on(model, x -> x.headers().token("taken").finish("stop", 1, 1).done());
    CompletionRequested request = request(model, "", 1);
    set(RedisKeys.attemptClaim(request.messageId(), 1), "dead");

    stream.ask(request);

    stream.completion(request);
    assertThat(stream.text(request)).isEqualTo("taken");
  }

  private void set(String key, String value) {
    redis.setAndAwait(List.of(key, value, "PX", "10000"));
  }

  @Test
  void runsTwoHundredRepliesAtOnce() {
    String model = model();
    AtomicBoolean allRun = new AtomicBoolean();
    llm.on(model, x -> tokensUntil(allRun, x.headers()));
    List<CompletionRequested> requests =
        IntStream.range(0, 200).mapToObj(i -> request(model, "", 1)).toList();

    requests.forEach(stream::ask);

    await().atMost(Duration.ofSeconds(6)).until(() -> replies.count() == 200);
    allRun.set(true);
    for (CompletionRequested request : requests) {
      ReplyCompleted completion = stream.completion(request);
      assertThat(completion.reason()).isEqualTo("stop");
      assertThat(stream.text(request)).hasSize(completion.length()).endsWith("end");
    }
  }

  private static void tokensUntil(AtomicBoolean enough, ScriptedLlm.Exchange exchange) {
    if (enough.get()) {
      exchange.token("end").finish("stop", 1, 2).done();
    } else {
      exchange.token("token ");
      exchange.after(100, () -> tokensUntil(enough, exchange));
    }
  }

  private void assertFailedAfter(String said, CompletionRequested request) {
    ReplyCompleted completion = stream.completion(request);
    assertThat(completion.reason()).isEqualTo("failed");
    assertThat(completion.error()).isEqualTo(ErrorCode.AI_UNAVAILABLE);
    assertThat(completion.length()).isEqualTo(said.length());
    assertThat(stream.text(request)).isEqualTo(said);
  }

  private static void tokens(ScriptedLlm.Exchange exchange, long everyMs) {
    if (!exchange.hungUp.isDone()) {
      exchange.token("token ");
      exchange.after(everyMs, () -> tokens(exchange, everyMs));
    }
  }

  private static String model() {
    return "model-" + UUID.randomUUID();
  }

  private static CompletionRequested due(CompletionRequested request, Instant deadline) {
    return new CompletionRequested(
        request.conversationId(),
        request.messageId(),
        request.attempt(),
        request.assistantId(),
        request.userId(),
        request.settings(),
        request.turns(),
        request.textSoFar(),
        deadline);
  }

  private static CompletionRequested request(String model, String textSoFar, int attempt) {
    return new CompletionRequested(
        UUID.randomUUID().toString(),
        UUID.randomUUID().toString(),
        attempt,
        null,
        "user-1",
        new Settings(model, 0.5, 300, "Be brief", false),
        List.of(new Turn("user", "Ada", "Hi")),
        textSoFar,
        Instant.now().plusSeconds(60));
  }
}

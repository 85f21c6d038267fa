package dev.confab.ai.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.contracts.RedisKeys;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.ai.ReplyRecord.ReplyCompleted;
import dev.confab.contracts.ai.ReplyRecord.ReplyDelta;
import dev.confab.contracts.ai.ReplyRecord.ReplyStarted;
import dev.confab.contracts.chat.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.RedisAPI;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ScriptedWorld.class)
class RepliesIT extends Journey {
  @Inject RedisAPI redis;

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

    await().atMost(SOON).until(() -> llm.asked(model).getFirst().hungUp.isDone());
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

    await().atMost(SOON).until(() -> llm.asked(model).getFirst().hungUp.isDone());
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

  @Test
  void runsTwoHundredRepliesAtOnce() {
    String model = model();
    AtomicBoolean allRun = new AtomicBoolean();
    llm.on(model, x -> tokensUntil(allRun, x.headers()));
    List<CompletionRequested> requests =
        IntStream.range(0, 200).mapToObj(i -> request(model, "", 1)).toList();

    requests.forEach(stream::askWithoutWaiting);

    try {
      await().atMost(Duration.ofSeconds(30)).until(() -> replies.count() == 200);
    } finally {
      allRun.set(true);
    }
    for (CompletionRequested request : requests) {
      ReplyCompleted completion = stream.completion(request);
      assertThat(completion.reason()).isEqualTo("stop");
      assertThat(stream.text(request)).hasSize(completion.length()).endsWith("end");
    }
  }

  private void set(String key, String value) {
    redis.setAndAwait(List.of(key, value, "PX", "10000"));
  }

  private static void tokensUntil(AtomicBoolean enough, ScriptedLlm.Exchange exchange) {
    if (enough.get()) {
      exchange.token("end").finish("stop", 1, 2).done();
    } else {
      exchange.token("token ");
      exchange.after(500, () -> tokensUntil(enough, exchange));
    }
  }
}

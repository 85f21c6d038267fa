package dev.confab.ai.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.ai.ReplyRecord.ReplyCompleted;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ScriptedWorld.class)
class ProviderTroubleIT extends Journey {
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
  void asksOnceMoreWhenAProviderFailsQuickly() {
    String model = model();
    AtomicInteger asked = new AtomicInteger();
    llm.on(
        model,
        x -> {
          if (asked.incrementAndGet() == 1) {
            x.status(503);
          } else {
            x.headers().token("second time").finish("stop", 1, 2).done();
          }
        });
    CompletionRequested request = request(model, "", 1);

    stream.ask(request);

    assertThat(stream.completion(request).model()).isEqualTo(model);
    assertThat(stream.text(request)).isEqualTo("second time");
  }

  @Test
  void theNextProviderGoesOnAmidTheText() {
    String model = model();
    llm.on(
        model,
        x -> {
          x.headers().token("The quick brown ");
          x.after(50, x::cut);
        });
    llm.on(
        "backup",
        x -> x.headers().token("quick brown fox").token(" jumps").finish("stop", 5, 6).done());
    CompletionRequested request = request(model, "", 1);

    stream.ask(request);

    ReplyCompleted completion = stream.completion(request);
    assertThat(completion.reason()).isEqualTo("stop");
    assertThat(completion.model()).isEqualTo("backup");
    assertThat(stream.text(request)).isEqualTo("The quick brown fox jumps");
    JsonArray messages = llm.asked("backup").getLast().request.getJsonArray("messages");
    assertThat(messages.getJsonObject(2).getString("content")).isEqualTo("The quick brown ");
    assertThat(messages.getJsonObject(3).getString("content")).contains("Continue");
  }

  @Test
  void failsWithWhatWasSaidWhenTheStreamStalls() {
    String model = model();
    nobodyGoesOn();
    llm.on(model, x -> x.headers().token("so far"));
    CompletionRequested request = request(model, "", 1);

    stream.ask(request);

    assertFailedAfter("so far", request);
    await().atMost(SOON).until(() -> llm.asked(model).getFirst().hungUp.isDone());
  }

  @Test
  void failsWithWhatWasSaidWhenTheStreamIsCut() {
    String model = model();
    nobodyGoesOn();
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
    nobodyGoesOn();
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
    nobodyGoesOn();
    llm.on(model, x -> x.headers().token("so far").raw("{\"choices\":[{").token("never"));
    CompletionRequested request = request(model, "", 1);

    stream.ask(request);

    assertFailedAfter("so far", request);
    await().atMost(SOON).until(() -> llm.asked(model).getFirst().hungUp.isDone());
  }

  @Test
  void failsWithWhatWasSaidOnAnErrorAmidTheStream() {
    String model = model();
    nobodyGoesOn();
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

  private void nobodyGoesOn() {
    llm.on("backup", x -> x.status(500));
  }

  private void assertFailedAfter(String said, CompletionRequested request) {
    ReplyCompleted completion = stream.completion(request);
    assertThat(completion.reason()).isEqualTo("failed");
    assertThat(completion.error()).isEqualTo(ErrorCode.AI_UNAVAILABLE);
    assertThat(completion.length()).isEqualTo(said.length());
    assertThat(stream.text(request)).isEqualTo(said);
  }
}

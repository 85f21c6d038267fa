package dev.confab.ai.journey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.ai.CompletionRequested.Turn;
import dev.confab.contracts.ai.ReplyRecord.ReplyCompleted;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two real servers that speak the protocol, of which the first fails in each way it can. */
@QuarkusTest
@QuarkusTestResource(value = TwoProviders.class, restrictToAnnotatedClass = true)
class FailoverIT extends Journey {
  private static final String WHOLE =
      "This is the demo LLM, development equipment. System prompt: \"Be brief\". Earlier messages: 0."
          + " You wrote: \"Ada: Hi\".";

  private final DemoLlm first = DemoLlm.all().get(0);
  private final DemoLlm second = DemoLlm.all().get(1);

  @BeforeEach
  @AfterEach
  void behave() {
    first.behave();
    second.behave();
    first.usualModels();
    // Whatever happened before, both are asked again.
    await()
        .atMost(SOON)
        .until(
            () ->
                state().extract().jsonPath().getList("providers.state").subList(0, 2).stream()
                        .filter("up"::equals)
                        .count()
                    == 2);
  }

  private static ValidatableResponse state() {
    return given()
        .auth()
        .oauth2(ScriptedWorld.token("service"))
        .post("/internal/models/sync")
        .then()
        .statusCode(200);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "\"status\":500|3000",
        "\"status\":401|2000",
        "\"status\":429|3000",
        "\"delay\":30000|5000",
        "\"cut\":5|3000",
        "\"cut\":0|3000",
        "\"stall\":5|5000",
        "\"stall\":0|5000",
        "\"malformed\":4|3000",
        "\"malformed\":1|3000"
      })
  void theOtherAnswersInTime(String trouble, long withinMs) {
    first.trouble(trouble + ",\"rate\":0");
    second.trouble("\"rate\":0");
    CompletionRequested request = request("confab-demo", "", 1);

    long begin = System.nanoTime();
    stream.ask(request);
    ReplyCompleted completion = stream.completion(request);

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(withinMs));
    assertThat(completion.reason()).isEqualTo("stop");
    assertThat(stream.text(request)).isEqualTo(WHOLE);
    assertThat(second.requests()).isPositive();
  }

  @Test
  void anotherAnswersForOneThatRefusesConnections() {
    CompletionRequested request = request("dead-model", "", 1);

    long begin = System.nanoTime();
    stream.ask(request);
    ReplyCompleted completion = stream.completion(request);

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    assertThat(completion.model()).isEqualTo("confab-demo");
    assertThat(completion.reason()).isEqualTo("stop");
  }

  @Test
  void whereNobodyAnswersTheReplyEndsOnceAndHonestly() {
    first.trouble("\"status\":503");
    second.trouble("\"cut\":3,\"rate\":0");
    CompletionRequested request = request("confab-demo", "", 1);

    stream.ask(request);
    ReplyCompleted completion = stream.completion(request);

    assertThat(completion.reason()).isEqualTo("failed");
    assertThat(completion.error()).isEqualTo(ErrorCode.AI_UNAVAILABLE);
    assertThat(WHOLE).startsWith(stream.text(request));
    assertThat(stream.of(request)).filteredOn(ReplyCompleted.class::isInstance).hasSize(1);
  }

  @Test
  void oneThatFailedIsLeftAloneForAWhile() {
    first.trouble("\"delay\":30000");
    CompletionRequested slow = request("confab-demo", "", 1);
    stream.ask(slow);
    stream.completion(slow);
    long asked = first.requests();

    CompletionRequested next = request("confab-demo", "", 1);
    stream.ask(next);
    stream.completion(next);

    assertThat(first.requests()).isEqualTo(asked);
    first.behave();
    await()
        .atMost(SOON)
        .until(
            () -> {
              CompletionRequested again = request("confab-demo", "", 1);
              stream.ask(again);
              stream.completion(again);
              return first.requests() > asked;
            });
  }

  @Test
  void theHistoryIsCutToWhatTheModelCanTake() {
    first.models("{\"add\":{\"tiny\":512}}");
    state();
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      turns.add(new Turn("user", null, "Question " + i + " with some words around it"));
      turns.add(new Turn("assistant", null, "Answer " + i + " with some words around it"));
    }
    turns.add(new Turn("user", null, "The question"));
    CompletionRequested request = asking(request("tiny", "", 1), turns);

    stream.ask(request);
    stream.completion(request);

    JsonArray asked = first.newestPrompt();
    assertThat(asked.size()).isBetween(5, 40);
    assertThat(asked.getJsonObject(0).getString("content")).isEqualTo("Be brief");
    assertThat(asked.getJsonObject(1).getString("role")).isEqualTo("user");
    assertThat(asked.getJsonObject(asked.size() - 1).getString("content"))
        .isEqualTo("The question");
  }

  private static CompletionRequested asking(CompletionRequested request, List<Turn> turns) {
    return new CompletionRequested(
        request.conversationId(),
        request.messageId(),
        request.attempt(),
        request.assistantId(),
        request.userId(),
        request.settings(),
        turns,
        request.textSoFar(),
        request.deadline());
  }

  @Test
  void aModelThatIsGoneFromTheListIsGoneWhenSynchronised() {
    first.models("{\"add\":{\"only-here\":512}}");
    state()
        .body("models.id", hasItem("only-here"))
        .body("models.find { it.id == 'only-here' }.context_length", equalTo(512))
        .body("providers[0].listed", equalTo(true));

    first.models("{\"remove\":[\"only-here\"]}");
    state().body("models.id", not(hasItem("only-here")));

    first.models("{\"add\":{\"only-here\":512}}");
    state();
    first.trouble("\"status\":500");
    state()
        .body("models.id", hasItem("only-here"))
        .body("providers[0].listed", equalTo(false))
        .body("providers[2].state", equalTo("down"));
  }
}

package dev.confab.ai.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.ai.tool.Tools;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.ai.CompletionRequested.Turn;
import dev.confab.contracts.ai.ReplyRecord;
import dev.confab.contracts.ai.ReplyRecord.ReplyCompleted;
import dev.confab.contracts.ai.ReplyRecord.ReplyToolCalled;
import dev.confab.contracts.ai.ReplyRecord.ReplyToolResult;
import dev.confab.contracts.chat.Settings;
import dev.confab.contracts.chat.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ScriptedWorld.class)
class ToolsIT extends Journey {
  private static final List<String> HAND_OVER = List.of("hand_over_to_person");

  @Inject Tools tools;

  private static CompletionRequested withTools(String model, Boolean enabled, String name) {
    return new CompletionRequested(
        UUID.randomUUID().toString(),
        UUID.randomUUID().toString(),
        1,
        null,
        "user-1",
        new Settings(model, null, null, null, enabled),
        List.of(new Turn("user", name, "Hi")),
        "",
        Instant.now().plusSeconds(60));
  }

  private static CompletionRequested withTools(String model) {
    return withTools(model, true, null);
  }

  private <T extends ReplyRecord> List<T> records(CompletionRequested request, Class<T> kind) {
    return stream.of(request).stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static List<String> offered(ScriptedLlm.Exchange exchange) {
    return exchange.request.getJsonArray("tools", new JsonArray()).stream()
        .map(io.vertx.core.json.JsonObject.class::cast)
        .map(tool -> tool.getJsonObject("function").getString("name"))
        .toList();
  }

  @Test
  void usesAToolAndGoesOnInTheSameReply() {
    String model = model();
    llm.on(
        model,
        x -> {
          if (x.toolAnswers().isEmpty()) {
            x.headers().token("Let me see.").tool(0, "calculator", "{\"expression\":\"2+3\"}");
            x.finish("tool_calls", 10, 5).done();
          } else {
            x.headers().token("It is ").token(x.toolAnswers().getFirst() + ".");
            x.finish("stop", 20, 3).done();
          }
        });
    CompletionRequested request = withTools(model);

    stream.ask(request);

    ReplyCompleted completion = stream.completion(request);
    assertThat(stream.text(request)).isEqualTo("Let me see.\n\nIt is 5.");
    assertThat(completion.reason()).isEqualTo("stop");
    assertThat(completion.length()).isEqualTo(stream.text(request).length());
    assertThat(completion.usage()).isEqualTo(new Usage(30, 8, 38));
    ReplyToolCalled called = records(request, ReplyToolCalled.class).getFirst();
    assertThat(called.name()).isEqualTo("calculator");
    assertThat(called.arguments()).isEqualTo("{\"expression\":\"2+3\"}");
    ReplyToolResult result = records(request, ReplyToolResult.class).getFirst();
    assertThat(result.callId()).isEqualTo(called.callId());
    assertThat(result.ok()).isTrue();
    assertThat(result.summary()).isEqualTo("5");
    JsonArray messages = llm.asked(model).getLast().request.getJsonArray("messages");
    assertThat(messages.getJsonObject(1).getJsonArray("tool_calls")).hasSize(1);
    assertThat(messages.getJsonObject(2).getString("tool_call_id")).isEqualTo("call_0");
  }

  @Test
  void usesSeveralAtOnceAndTellsOfFailures() {
    String model = model();
    llm.on(
        model,
        x -> {
          if (x.toolAnswers().isEmpty()) {
            x.headers().tool(0, "clock", "{}").tool(1, "calculator", "{\"expression\":\"1/0\"}");
            x.tool(2, "no-such-tool", "{}").finish("tool_calls", 1, 1).done();
          } else {
            x.headers().token("done").finish("stop", 1, 1).done();
          }
        });
    CompletionRequested request = withTools(model);

    stream.ask(request);

    stream.completion(request);
    assertThat(stream.text(request)).isEqualTo("done");
    List<String> answers = llm.asked(model).getLast().toolAnswers();
    assertThat(answers.get(0)).contains("UTC");
    assertThat(answers.get(1)).startsWith("Error: ").contains("division by zero");
    assertThat(answers.get(2)).startsWith("Error: ");
    assertThat(records(request, ReplyToolResult.class))
        .extracting(ReplyToolResult::ok)
        .containsExactlyInAnyOrder(true, false, false);
  }

  @Test
  void aModelThatNeverStopsAskingHasToAnswer() {
    String model = model();
    llm.on(
        model,
        x -> {
          if (offered(x).isEmpty()) {
            x.headers().token("at last").finish("stop", 1, 1).done();
          } else {
            x.headers().tool(0, "clock", "{}").finish("tool_calls", 1, 1).done();
          }
        });
    CompletionRequested request = withTools(model);

    stream.ask(request);

    assertThat(stream.completion(request).reason()).isEqualTo("stop");
    assertThat(stream.text(request)).isEqualTo("at last");
    assertThat(llm.asked(model)).hasSize(6);
    assertThat(records(request, ReplyToolCalled.class)).hasSize(5);
  }

  @Test
  void offersNoToolsWhereTheyAreOffOrNobodySays() {
    String model = model();
    llm.on(model, x -> x.headers().token("ok").finish("stop", 1, 1).done());
    CompletionRequested off = withTools(model, false, null);
    CompletionRequested unsaid = withTools(model, null, null);

    stream.ask(off);
    stream.ask(unsaid);

    stream.completion(off);
    stream.completion(unsaid);
    assertThat(llm.asked(model)).hasSize(2).allMatch(x -> offered(x).isEmpty());
  }

  @Test
  void searchesTheUsersOwnConversationsAndOnlyWhereNobodyElseReads() {
    String model = model();
    llm.on(
        model,
        x -> {
          if (x.toolAnswers().isEmpty() && offered(x).contains("search_conversations")) {
            x.headers().tool(0, "search_conversations", "{\"query\":\"Rome trip\"}");
            x.finish("tool_calls", 1, 1).done();
          } else {
            x.headers().token("ok").finish("stop", 1, 1).done();
          }
        });
    CompletionRequested own = withTools(model);
    CompletionRequested shared = withTools(model, true, "Ada");

    stream.ask(own);
    stream.completion(own);
    stream.ask(shared);
    stream.completion(shared);

    assertThat(llm.services.searches).contains("user-1: Rome trip");
    assertThat(records(own, ReplyToolResult.class).getFirst().summary())
        .contains("\"Holidays\", Ada: we went to Rome & back");
    assertThat(offered(llm.asked(model).getLast()))
        .contains("clock")
        .doesNotContain("search_conversations");
  }

  @Test
  void usesTheToolsOfMcpServers() {
    String model = model();
    llm.on(
        model,
        x -> {
          if (x.toolAnswers().isEmpty()) {
            x.headers().tool(0, "docs_lookup", "{\"word\":\"chat\"}");
            x.finish("tool_calls", 1, 1).done();
          } else {
            x.headers().token(x.toolAnswers().getFirst()).finish("stop", 1, 1).done();
          }
        });
    CompletionRequested request = withTools(model);
    await()
        .atMost(SOON)
        .until(
            () ->
                tools.of(request).specifications().stream()
                    .anyMatch(tool -> tool.name().equals("docs_lookup")));

    stream.ask(request);

    stream.completion(request);
    assertThat(stream.text(request)).isEqualTo("meaning of chat");
    assertThat(offered(llm.asked(model).getFirst())).contains("docs_lookup");
  }

  @Test
  void asksWithoutToolsAModelThatKnowsNone() {
    String model = model();
    llm.on(
        model,
        x -> {
          if (offered(x).isEmpty()) {
            x.headers().token("no tools").finish("stop", 1, 1).done();
          } else {
            x.status(400);
          }
        });
    CompletionRequested request = withTools(model);

    stream.ask(request);

    assertThat(stream.completion(request).model()).isEqualTo(model);
    assertThat(stream.text(request)).isEqualTo("no tools");
  }

  private static CompletionRequested handingOver(String model) {
    CompletionRequested off = withTools(model, false, null);
    return new CompletionRequested(
        off.conversationId(),
        off.messageId(),
        1,
        null,
        off.userId(),
        off.settings(),
        off.turns(),
        "",
        off.deadline(),
        true);
  }

  @Test
  void aModelGivesTheConversationToAPersonEvenWhereOtherToolsAreOff() {
    String model = model();
    llm.on(
        model,
        x -> {
          x.headers().token("One moment.");
          x.tool(0, "hand_over_to_person", "{\"reason\":\"wants a refund\"}");
          x.finish("tool_calls", 4, 2).done();
        });
    CompletionRequested request = handingOver(model);

    stream.ask(request);

    ReplyCompleted completion = stream.completion(request);
    assertThat(completion.reason()).isEqualTo("tool");
    assertThat(completion.handOver()).isEqualTo("wants a refund");
    assertThat(completion.length()).isEqualTo("One moment.".length());
    assertThat(stream.text(request)).isEqualTo("One moment.");
    assertThat(llm.asked(model)).hasSize(1).allMatch(x -> offered(x).equals(HAND_OVER));
  }

  @Test
  void whoeverSaysNothingBeforeHandsOverAllTheSame() {
    String model = model();
    llm.on(
        model,
        x -> x.headers().tool(0, "hand_over_to_person", "{}").finish("tool_calls", 4, 2).done());
    CompletionRequested request = handingOver(model);

    stream.ask(request);

    ReplyCompleted completion = stream.completion(request);
    assertThat(completion.reason()).isEqualTo("tool");
    assertThat(completion.handOver()).isEmpty();
    assertThat(completion.length()).isZero();
  }

  @Test
  void theNextProviderGoesOnWithWhatToolsSaid() {
    String model = model();
    llm.on(
        model,
        x -> {
          if (x.toolAnswers().isEmpty()) {
            x.headers().tool(0, "calculator", "{\"expression\":\"6*7\"}");
            x.finish("tool_calls", 1, 1).done();
          } else {
            x.status(500);
          }
        });
    llm.on(
        "backup",
        x -> x.headers().token("It is " + x.toolAnswers().getFirst()).finish("stop", 1, 1).done());
    CompletionRequested request = withTools(model);

    stream.ask(request);

    assertThat(stream.completion(request).model()).isEqualTo("backup");
    assertThat(stream.text(request)).isEqualTo("It is 42");
  }
}

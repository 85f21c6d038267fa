package dev.confab.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.client.Frame;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.V1Client;
import dev.confab.systemtests.delivery.History;
import dev.confab.systemtests.suite.Delivered;
import dev.confab.systemtests.suite.Rest;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Assistants that people make: for all, or for themselves alone. */
@SystemTest
@Tag("journey")
@Order(80)
class AssistantsIT {
  private static final String PATH = "/api/v1/assistants";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Suite suite;

  AssistantsIT(Suite suite) {
    this.suite = suite;
  }

  private String make(Person owner, String name, boolean isPublic) {
    Response answer =
        suite
            .rest()
            .as(owner)
            .body(
                Map.of(
                    "name", name,
                    "system_prompt", "Answer as " + name + ".",
                    "is_public", isPublic))
            .post(PATH);
    answer.then().statusCode(201);
    return Rest.json(answer).path("id").asText();
  }

  @Test
  void a_conversation_goes_on_when_its_assistant_is_gone() {
    Person anna = suite.newPerson();
    Person ben = suite.newPerson();
    String name = "Cook " + UUID.randomUUID();
    String id = make(anna, name, true);
    Response answer = suite.rest().as(ben).body(Map.of()).post(PATH + "/" + id + "/conversations");
    answer.then().statusCode(201).body("assistant_id", equalTo(id));
    String talk = Rest.json(answer).path("id").asText();
    suite.rest().as(anna).delete(PATH + "/" + id).then().statusCode(204);

    try (V1Client b = suite.connect(suite.gatewayB(), ben)) {
      b.join(talk);
      String turn = b.sayAndAwaitAck(talk, "What is for lunch?");
      b.awaitReplyEnd(turn, PATIENCE);
      History history = Delivered.asReadBy(suite, ben).to(b).check(talk);
      JsonNode reply = history.repliesTo(turn).getLast();
      assertThat(reply.path("sender_name").asText()).isEqualTo(name);
      // The demo LLM quotes its system prompt.
      assertThat(reply.path("content").asText()).contains("Answer as " + name);
    }
  }

  @Test
  void a_private_assistant_is_nobody_elses_by_rest_and_by_frame() {
    Person anna = suite.newPerson();
    Person ben = suite.newPerson();
    String name = "Diary " + UUID.randomUUID();
    String id = make(anna, name, false);
    String path = PATH + "/" + id;
    Rest rest = suite.rest();

    rest.as(ben).get(path).then().statusCode(404).body("code", equalTo("NOT_FOUND"));
    rest.as(ben).post(path + "/copy").then().statusCode(404);
    rest.as(ben).body(Map.of()).post(path + "/conversations").then().statusCode(404);
    rest.as(ben).queryParam("q", name).get(PATH).then().body("items", empty());
    String talk = rest.talk(ben);
    try (V1Client b = suite.connect(suite.gatewayA(), ben)) {
      b.join(talk);
      String turn = b.sayAndAwaitAck(talk, "Hello");
      b.awaitReplyEnd(turn, PATIENCE);
      Frame asked =
          b.awaitAnswer(
              b.send(
                  "stream_response",
                  Map.of("conversation_id", talk, "message_id", turn, "assistant_id", id)));
      Frame said =
          b.awaitAnswer(
              b.send(
                  "send_message",
                  Map.of(
                      "conversation_id",
                      talk,
                      "content",
                      "Let me read",
                      "message_type",
                      "user",
                      "assistant_id",
                      id)));

      assertThat(asked.data().path("code").asText()).isEqualTo("NOT_FOUND");
      assertThat(said.data().path("code").asText()).isEqualTo("NOT_FOUND");
      assertThat(suite.history(ben, talk).turns()).hasSize(1);
    }
  }
}

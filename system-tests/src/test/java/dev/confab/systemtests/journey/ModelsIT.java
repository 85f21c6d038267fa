package dev.confab.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.V1Client;
import dev.confab.systemtests.delivery.History;
import dev.confab.systemtests.suite.Delivered;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Models come and go while conversations go on. */
@SystemTest
@Tag("journey")
@Order(70)
class ModelsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Suite suite;

  ModelsIT(Suite suite) {
    this.suite = suite;
  }

  @Test
  void a_conversation_outlives_its_model() {
    String passing = "passing-" + UUID.randomUUID();
    Person anna = suite.newPerson();
    suite.demoLlm().list(passing);
    suite.syncModels();
    String talk = suite.rest().talk(anna, Map.of("model", passing));
    String other = suite.rest().talk(anna);

    try (V1Client a = suite.connect(suite.gatewayA(), anna);
        V1Client b = suite.connect(suite.gatewayB(), anna)) {
      a.join(talk);
      b.join(talk);
      a.join(other);
      String first = a.sayAndAwaitAck(talk, "Who answers?");
      a.awaitReplyEnd(first, PATIENCE);
      suite.demoLlm().unlist(passing);
      String meanwhile = a.sayAndAwaitAck(other, "Hello");
      suite.syncModels();

      for (V1Client each : List.of(a, b)) {
        JsonNode notice =
            each.awaitFrame("notice", frame -> isNotice(frame.message()), PATIENCE).message();
        assertThat(notice.path("content").asText()).contains(passing);
      }
      String next = a.sayAndAwaitAck(talk, "And now?");
      a.awaitReplyEnd(next, PATIENCE);
      a.awaitReplyEnd(meanwhile, PATIENCE);
      History history = Delivered.asReadBy(suite, anna).to(a, b).check(talk);
      assertThat(history.repliesTo(first).getLast().path("model").asText()).isEqualTo(passing);
      JsonNode reply = history.repliesTo(next).getLast();
      assertThat(reply.path("status").asText()).isEqualTo("complete");
      assertThat(reply.path("model").asText())
          .isEqualTo(history.conversation().at("/settings/model").asText())
          .isNotEqualTo(passing);
      assertThat(history.messages()).filteredOn(ModelsIT::isNotice).hasSize(1);
      assertThat(suite.history(anna, other).messages()).noneMatch(ModelsIT::isNotice);
    }
    suite
        .rest()
        .as(anna)
        .get("/api/v1/models")
        .then()
        .statusCode(200)
        .body("items.id", not(hasItem(passing)));
  }

  private static boolean isNotice(JsonNode message) {
    return message.path("message_type").asText().equals("system");
  }

  @Test
  void a_users_default_answers_where_a_conversation_has_no_model() {
    String chosen = "chosen-" + UUID.randomUUID();
    Person anna = suite.newPerson();
    suite.demoLlm().list(chosen);
    suite.syncModels();
    suite
        .rest()
        .as(anna)
        .body(Map.of("default_model", chosen))
        .patch("/api/v1/auth/me")
        .then()
        .statusCode(200);
    String talk = suite.rest().talk(anna);

    try (V1Client a = suite.connect(suite.gatewayA(), anna)) {
      a.join(talk);
      String turn = a.sayAndAwaitAck(talk, "Who answers?");
      a.awaitReplyEnd(turn, PATIENCE);
      // It is told by way of Kafka, and may come after the first reply.
      String second = a.sayAndAwaitAck(talk, "And now?");
      a.awaitReplyEnd(second, PATIENCE);

      assertThat(suite.history(anna, talk).repliesTo(second).getLast().path("model").asText())
          .isEqualTo(chosen);
    }
    suite.demoLlm().unlist(chosen);
    suite.syncModels();
  }
}

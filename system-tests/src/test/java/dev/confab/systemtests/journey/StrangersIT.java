package dev.confab.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.confab.systemtests.client.Frame;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.V1Client;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is not one's own does not exist. */
@SystemTest
@Tag("journey")
@Order(60)
class StrangersIT {
  private final Suite suite;

  StrangersIT(Suite suite) {
    this.suite = suite;
  }

  @Test
  void a_stranger_is_told_not_found_by_every_frame_and_sees_nothing() {
    Person anna = suite.newPerson();
    Person stranger = suite.newPerson();
    String room = suite.rest().room(anna);
    try (V1Client a = suite.connect(suite.gatewayA(), anna);
        V1Client s = suite.connect(suite.gatewayB(), stranger)) {
      String messageId = a.sayAndAwaitAck(room, "private");

      for (String id : new String[] {room, UUID.randomUUID().toString(), "no-id-at-all"}) {
        assertNotFound(s, "join_conversation", id, Map.of("after_seq", 0));
        assertNotFound(
            s, "send_message", id, Map.of("content", "let me in", "message_type", "user"));
        assertNotFound(s, "stream_response", id, Map.of("message_id", messageId));
        assertNotFound(s, "stop_response", id, Map.of("message_id", messageId));
        assertNotFound(s, "mark_read", id, Map.of("seq", 1));
      }
      a.sayAndAwaitAck(room, "still private");
      assertThat(s.frames())
          .filteredOn(frame -> !frame.is("error"))
          .noneMatch(frame -> frame.conversationId().equals(room));
      assertThat(suite.history(anna, room).messages()).hasSize(2);
    }
  }

  private static void assertNotFound(
      V1Client client, String type, String conversationId, Map<String, Object> more) {
    Map<String, Object> data = new LinkedHashMap<>(more);
    data.put("conversation_id", conversationId);
    Frame answer = client.awaitAnswer(client.send(type, data));
    assertThat(answer.type()).as("%s: %s", type, answer).isEqualTo("error");
    assertThat(answer.data().path("code").asText()).as(type).isEqualTo("NOT_FOUND");
  }

  @Test
  void a_stranger_is_told_not_found_over_rest() {
    Person anna = suite.newPerson();
    Person stranger = suite.newPerson();
    String room = suite.rest().room(anna);
    String path = "/api/v1/conversations/" + room;
    suite.rest().as(stranger).get(path).then().statusCode(404).body("code", equalTo("NOT_FOUND"));
    suite.rest().as(stranger).get(path + "/messages").then().statusCode(404);
    suite.rest().as(stranger).body(Map.of("title", "mine")).patch(path).then().statusCode(404);
    suite.rest().as(stranger).delete(path).then().statusCode(404);
    suite
        .rest()
        .as(stranger)
        .body(Map.of("content", "x"))
        .post(path + "/messages")
        .then()
        .statusCode(404);
  }
}

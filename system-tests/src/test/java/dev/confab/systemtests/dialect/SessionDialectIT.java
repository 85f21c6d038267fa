package dev.confab.systemtests.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.PlainClient;
import dev.confab.systemtests.client.V1Client;
import dev.confab.systemtests.delivery.History;
import dev.confab.systemtests.suite.DemoLlm;
import dev.confab.systemtests.suite.Rest;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The dialect {@code session}: {@code /ws/chat/{session_id}/}. */
@SystemTest
@Tag("dialect")
@Order(200)
class SessionDialectIT {
  private final Suite suite;
  private final Person anna;
  private final String label = "web_" + UUID.randomUUID() + ".~x";

  SessionDialectIT(Suite suite) {
    this.suite = suite;
    this.anna = suite.newPerson();
  }

  private static PlainClient open(URI gateway, Person person, String label, String query) {
    return PlainClient.open(
        gateway, "/ws/chat/" + label + "/?token=" + person.accessToken() + query, Map.of());
  }

  private PlainClient open() {
    return open(suite.gatewayA(), anna, label, "");
  }

  private static void say(PlainClient client, String text) {
    client.send(
        "{'type':'chat_message','data':{'message':'" + text + "','conversation_id':'mine-7'}}");
  }

  private String conversation() {
    var answer = suite.rest().as(anna).get("/api/v1/conversations");
    answer.then().statusCode(200);
    JsonNode items = Rest.json(answer).path("items");
    assertThat(items).hasSize(1);
    return items.get(0).path("id").asText();
  }

  private static String tokens(PlainClient client, String messageId) {
    return client.frames("stream_token").stream()
        .map(frame -> frame.path("data"))
        .filter(data -> messageId.equals(data.path("message_id").asText()))
        .map(data -> data.path("token").asText())
        .collect(Collectors.joining());
  }

  @Test
  void a_message_is_answered_by_tokens_and_an_end() {
    try (PlainClient client = open()) {
      say(client, DemoLlm.STORY);

      JsonNode end = client.await("stream_complete").path("data");

      String messageId = end.path("message_id").asText();
      assertThat(end.path("usage").path("total_tokens").asInt()).isPositive();
      assertThat(client.frames("stream_token")).hasSizeGreaterThan(1);
      String stored =
          suite.history(anna, conversation()).messages().stream()
              .filter(message -> message.path("id").asText().equals(messageId))
              .findFirst()
              .orElseThrow()
              .path("content")
              .asText();
      assertThat(tokens(client, messageId)).isEqualTo(stored).isNotEmpty();
      assertThat(client.frames("chat_message")).isEmpty();
    }
  }

  @Test
  void a_ping_is_answered_by_a_pong() {
    try (PlainClient client = open()) {
      client.send("{'type':'ping'}");

      assertThat(client.await("pong").size()).isEqualTo(1);
    }
  }

  @Test
  void whole_messages_of_others_come_as_chat_messages_and_ones_own_never() {
    Person ben = suite.newPerson();
    try (PlainClient client = open();
        PlainClient otherTab = open(suite.gatewayB(), anna, label, "")) {
      String conversation = conversation();
      addParticipant(conversation, ben);
      say(client, "mine");
      client.await("stream_complete");

      try (V1Client v1 = suite.connect(suite.gatewayB(), ben)) {
        v1.join(conversation);
        v1.sayAndAwaitAck(conversation, "from ben");
      }

      for (PlainClient each : List.of(client, otherTab)) {
        JsonNode said = each.await("chat_message").path("data");
        assertThat(said.path("content").asText()).isEqualTo("from ben");
        assertThat(said.path("role").asText()).isEqualTo("user");
        assertThat(said.path("message_id").asText()).isNotEmpty();
        assertThat(each.frames("chat_message"))
            .noneMatch(frame -> frame.path("data").path("content").asText().equals("mine"));
      }
    }
  }

  private void addParticipant(String conversation, Person person) {
    suite
        .rest()
        .as(anna)
        .body(Map.of("user_id", person.id(), "name", person.name()))
        .post("/api/v1/conversations/" + conversation + "/participants")
        .then()
        .statusCode(201);
  }

  @Test
  void without_streaming_a_reply_comes_whole() {
    try (PlainClient streamed = open();
        PlainClient client = open(suite.gatewayB(), anna, label, "&stream=0")) {
      say(client, "Hello");

      JsonNode reply = client.await("chat_message").path("data");

      assertThat(reply.path("role").asText()).isEqualTo("assistant");
      JsonNode end = streamed.await("stream_complete").path("data");
      assertThat(end.path("message_id")).isEqualTo(reply.path("message_id"));
      assertThat(tokens(streamed, end.path("message_id").asText()))
          .isEqualTo(reply.path("content").asText());
      assertThat(client.frames("stream_token")).isEmpty();
      assertThat(client.frames("stream_complete")).isEmpty();
      assertThat(streamed.frames("chat_message")).isEmpty();
    }
  }

  @Test
  void refusals_are_errors_and_the_socket_stays() {
    try (PlainClient client = open()) {
      client.send("{'type':'dance'}");
      client.send("nonsense");
      say(client, " ");

      for (String code : List.of("UNKNOWN_TYPE", "INVALID_FRAME", "EMPTY_MESSAGE")) {
        JsonNode error =
            client.await("error", frame -> frame.path("data").path("code").asText().equals(code));
        assertThat(error.path("data").path("message").asText()).isNotEmpty();
      }
      client.send("{'type':'ping'}");
      client.await("pong");
    }
  }

  @Test
  void a_label_is_the_users_own_and_opens_the_same_conversation_again() {
    Person ben = suite.newPerson();
    try (PlainClient first = open()) {
      say(first, "Hello");
      first.await("stream_complete");
    }
    String path = "/ws/chat/" + label + "?token=";
    URI gateway = suite.gatewayB();
    try (PlainClient again = PlainClient.open(gateway, path + anna.accessToken(), Map.of());
        PlainClient bens = PlainClient.open(gateway, path + ben.accessToken(), Map.of())) {
      say(again, "Again");
      again.await("stream_complete");
      say(bens, "Hi");
      bens.await("stream_complete");
      History history = suite.history(anna, conversation());
      assertThat(history.messages())
          .extracting(message -> message.path("content").asText())
          .contains("Hello", "Again")
          .doesNotContain("Hi");
    }
  }

  @Test
  void who_may_not_open_it_is_told_by_the_upgrade() {
    URI gateway = suite.gatewayA();
    String path = "/ws/chat/" + label + "/";

    assertThat(PlainClient.statusOf(gateway, path, Map.of())).isEqualTo(401);
    assertThat(PlainClient.statusOf(gateway, path + "?token=nonsense", Map.of())).isEqualTo(401);
    assertThat(
            PlainClient.statusOf(gateway, "/ws/chat/a%20b/?token=" + anna.accessToken(), Map.of()))
        .isEqualTo(404);
    assertThat(
            PlainClient.statusOf(
                gateway, "/ws/chat/" + "x".repeat(129) + "/?token=" + anna.accessToken(), Map.of()))
        .isEqualTo(404);
    for (String scheme : List.of("Bearer ", "Token ")) {
      Map<String, String> header = Map.of("Authorization", scheme + anna.accessToken());
      assertThat(PlainClient.statusOf(gateway, path, header)).as(scheme).isEqualTo(101);
    }
  }

  @Test
  void a_message_stored_right_after_the_upgrade_arrives() {
    Person ben = suite.newPerson();
    open().close();
    String conversation = conversation();
    addParticipant(conversation, ben);
    try (V1Client v1 = suite.connect(suite.gatewayB(), ben)) {
      v1.join(conversation);
      for (int i = 0; i < 5; i++) {
        String text = "now " + i;
        try (PlainClient client = open()) {
          v1.say(conversation, text);
          client.await(
              "chat_message", frame -> frame.path("data").path("content").asText().equals(text));
        }
      }
    }
  }

  @Test
  void a_socket_outlives_nothing_but_its_session() {
    String token =
        Rest.json(suite.rest().as(anna).body(Map.of("name", "desktop")).post("/api/v1/auth/tokens"))
            .path("token")
            .asText();
    Person elsewhere = suite.rest().login(anna);
    try (PlainClient byApiToken =
            PlainClient.open(suite.gatewayA(), "/ws/chat/" + label + "/?token=" + token, Map.of());
        PlainClient signedIn = open(suite.gatewayB(), elsewhere, label, "")) {
      suite
          .rest()
          .as(elsewhere)
          .body(Map.of("refresh_token", elsewhere.refreshToken()))
          .post("/api/v1/auth/logout");

      assertThat(signedIn.awaitClose()).isEqualTo(4003);
      say(byApiToken, "Still here");
      byApiToken.await("stream_complete");
    }
  }
}

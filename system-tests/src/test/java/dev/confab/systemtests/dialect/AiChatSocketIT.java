package dev.confab.systemtests.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.PlainClient;
import dev.confab.systemtests.client.V1Client;
import dev.confab.systemtests.suite.DemoLlm;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The sockets of the dialect {@code ai-chat}. */
@SystemTest
@Tag("dialect")
@Order(210)
class AiChatSocketIT {
  private final Suite suite;
  private final Person anna;
  private final String session;

  AiChatSocketIT(Suite suite) {
    this.suite = suite;
    this.anna = suite.newPerson();
    this.session = suite.rest().talk(anna);
  }

  private static String path(String session) {
    return "/ws/ai-chat/session/" + session + "/";
  }

  private PlainClient open(URI gateway) {
    return PlainClient.open(gateway, path(session) + "?token=" + anna.accessToken(), Map.of());
  }

  private PlainClient openList(URI gateway) {
    return PlainClient.open(gateway, "/ws/ai-chat/sessions/?token=" + anna.accessToken(), Map.of());
  }

  private static String content(JsonNode frame) {
    return frame.path("message").path("content").asText();
  }

  @Test
  void the_connection_is_confirmed_first() {
    try (PlainClient client = open(suite.gatewayA())) {
      JsonNode established = client.await("connection_established");

      assertThat(established.path("session_id").asText()).isEqualTo(session);
      assertThat(established.path("message").asText()).isNotEmpty();
      assertThat(client.frames().getFirst()).isEqualTo(established);
    }
  }

  @Test
  void a_message_sent_at_once_is_echoed_to_all_and_answered_by_chunks() {
    try (PlainClient other = open(suite.gatewayB());
        PlainClient client = open(suite.gatewayA())) {
      client.send("{'type':'send_message','message':'" + DemoLlm.STORY + "'}");

      for (PlainClient each : List.of(client, other)) {
        JsonNode said = each.await("user_message").path("message");
        assertThat(said.path("role").asText()).isEqualTo("user");
        assertThat(said.path("content").asText()).isEqualTo(DemoLlm.STORY);
        assertThat(said.path("id").asText()).isNotEmpty();
        assertThat(said.path("created_at").asText()).endsWith("Z");
        assertThat(each.await("ai_typing").path("message").asText()).isNotEmpty();
        JsonNode end = each.await("ai_message_complete").path("message");
        assertThat(end.path("role").asText()).isEqualTo("assistant");
        assertThat(end.path("id").asText()).isNotEmpty();
        assertThat(end.path("created_at").asText()).endsWith("Z");
        chunksBuildUpTo(each, end.path("content").asText());
        assertThat(each.frames("ai_message_complete")).hasSize(1);
      }
    }
  }

  private static void chunksBuildUpTo(PlainClient client, String whole) {
    StringBuilder text = new StringBuilder();
    for (JsonNode chunk : client.frames("ai_message_chunk")) {
      text.append(chunk.path("content").asText());
      assertThat(chunk.path("full_content").asText()).isEqualTo(text.toString());
    }
    assertThat(text.toString()).isEqualTo(whole).isNotEmpty();
  }

  @Test
  void who_comes_amid_a_reply_has_it_from_its_first_character() {
    suite.demoLlm().pace(20, 60);
    try (PlainClient client = open(suite.gatewayA())) {
      client.send("{'type':'send_message','message':'" + DemoLlm.STORY + "'}");
      client.await("ai_message_chunk");
      try (PlainClient late = open(suite.gatewayB())) {
        chunksBuildUpTo(late, content(late.await("ai_message_complete")));
        assertThat(late.frames("user_message")).isEmpty();
      }
    }
  }

  @Test
  void typing_is_told_to_the_others() {
    try (PlainClient client = open(suite.gatewayA());
        V1Client v1 = suite.connect(suite.gatewayB(), anna)) {
      v1.join(session);
      client.send("{'type':'typing'}");
      awaitTyping(v1, true);
      client.send("{'type':'stop_typing'}");
      awaitTyping(v1, false);
      assertThat(client.frames("error")).isEmpty();
    }
  }

  private void awaitTyping(V1Client v1, boolean typing) {
    v1.awaitFrame(
        "typing_indicator " + typing,
        frame ->
            frame.is("typing_indicator")
                && frame.data().path("user_id").asText().equals(anna.id())
                && frame.data().path("is_typing").asBoolean() == typing,
        V1Client.PATIENCE);
  }

  @Test
  void a_ping_is_answered_by_a_pong() {
    try (PlainClient client = open(suite.gatewayA())) {
      client.send("{'type':'ping'}");
      client.await("pong");
    }
  }

  @Test
  void refusals_are_errors_and_the_socket_stays() {
    try (PlainClient client = open(suite.gatewayA())) {
      client.send("{'type':'dance'}");
      assertThat(client.await("error").path("message").asText()).isNotEmpty();
      client.send("{'type':'ping'}");
      client.await("pong");
    }
  }

  @Test
  void who_may_not_open_it_is_told_by_the_upgrade() {
    Person eve = suite.newPerson();
    URI gateway = suite.gatewayA();

    assertThat(PlainClient.statusOf(gateway, path(session), Map.of())).isEqualTo(401);
    assertThat(
            PlainClient.statusOf(gateway, path(session) + "?token=" + eve.accessToken(), Map.of()))
        .isEqualTo(404);
    assertThat(
            PlainClient.statusOf(
                gateway,
                path(UUID.randomUUID().toString()) + "?token=" + anna.accessToken(),
                Map.of()))
        .isEqualTo(404);
    assertThat(PlainClient.statusOf(gateway, "/ws/ai-chat/sessions/", Map.of())).isEqualTo(401);
    for (String scheme : List.of("Bearer ", "Token ")) {
      Map<String, String> header = Map.of("Authorization", scheme + anna.accessToken());
      assertThat(PlainClient.statusOf(gateway, path(session), header)).isEqualTo(101);
      assertThat(PlainClient.statusOf(gateway, "/ws/ai-chat/sessions", header)).isEqualTo(101);
    }
  }

  @Test
  void the_list_of_sessions_is_live() {
    Person eve = suite.newPerson();
    try (PlainClient list = openList(suite.gatewayA());
        PlainClient otherTab = openList(suite.gatewayB());
        PlainClient foreign =
            PlainClient.open(
                suite.gatewayA(), "/ws/ai-chat/sessions/?token=" + eve.accessToken(), Map.of())) {
      list.send("{'type':'ping'}");
      list.await("pong");
      String made = suite.rest().talk(anna, Map.of("temperature", 0.5));
      String sessionPath = "/ai-chat/api/sessions/" + made + "/";
      Predicate<JsonNode> ofIt = frame -> frame.path("session").path("id").asText().equals(made);
      for (PlainClient each : List.of(list, otherTab)) {
        JsonNode created = each.await("session_created", ofIt).path("session");
        assertThat(created.path("temperature").asDouble()).isEqualTo(0.5);
        assertThat(created.path("is_active").asBoolean()).isTrue();
      }

      suite
          .rest()
          .as(anna)
          .body(Map.of("title", "Renamed"))
          .patch(sessionPath)
          .then()
          .statusCode(200);
      for (PlainClient each : List.of(list, otherTab)) {
        each.await(
            "session_updated",
            ofIt.and(frame -> frame.path("session").path("title").asText().equals("Renamed")));
      }

      suite.rest().as(anna).delete(sessionPath).then().statusCode(204);
      for (PlainClient each : List.of(list, otherTab)) {
        JsonNode deleted = each.await("session_deleted", ofIt).path("session");
        assertThat(deleted.path("is_active").asBoolean()).isFalse();
      }
      assertThat(foreign.frames()).isEmpty();
    }
  }

  @Test
  void a_message_updates_its_session_in_the_list() {
    try (PlainClient list = openList(suite.gatewayB());
        PlainClient client = open(suite.gatewayA())) {
      client.send("{'type':'send_message','message':'Hello'}");

      list.await(
          "session_updated",
          frame ->
              frame.path("session").path("id").asText().equals(session)
                  && frame.path("session").path("message_count").asInt() == 2);
    }
  }
}

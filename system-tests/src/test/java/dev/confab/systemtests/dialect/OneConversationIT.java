package dev.confab.systemtests.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.client.Frame;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.PlainClient;
import dev.confab.systemtests.client.V1Client;
import dev.confab.systemtests.suite.DemoLlm;
import dev.confab.systemtests.suite.Rest;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One conversation, opened by clients of several protocols at once. */
@SystemTest
@Tag("dialect")
@Order(230)
class OneConversationIT {
  private final Suite suite;
  private final Person anna;

  OneConversationIT(Suite suite) {
    this.suite = suite;
    this.anna = suite.newPerson();
  }

  private static String text(PlainClient client, String type, String... path) {
    return client.frames(type).stream()
        .map(frame -> path.length == 1 ? frame.path(path[0]) : frame.path(path[0]).path(path[1]))
        .map(JsonNode::asText)
        .collect(Collectors.joining());
  }

  @Test
  void everybody_sees_the_same_whatever_they_speak() {
    String token = "?token=" + anna.accessToken();
    try (PlainClient session =
        PlainClient.open(suite.gatewayA(), "/ws/chat/shared/" + token, Map.of())) {
      JsonNode list = Rest.json(suite.rest().as(anna).get("/api/v1/conversations"));
      String id = list.path("items").get(0).path("id").asText();
      try (PlainClient aiChat =
              PlainClient.open(
                  suite.gatewayB(), "/ws/ai-chat/session/" + id + "/" + token, Map.of());
          PlainClient whole =
              PlainClient.open(
                  suite.gatewayB(), "/ws/chat/shared/" + token + "&stream=0", Map.of());
          V1Client v1 = suite.connect(suite.gatewayB(), anna)) {
        v1.join(id);
        session.send("{'type':'chat_message','data':{'message':'" + DemoLlm.STORY + "'}}");

        JsonNode said = aiChat.await("user_message").path("message");
        assertThat(said.path("content").asText()).isEqualTo(DemoLlm.STORY);
        Frame end = v1.awaitReplyEnd(said.path("id").asText(), Duration.ofSeconds(30));

        String content = end.message().path("content").asText();
        JsonNode complete = session.await("stream_complete").path("data");
        assertThat(complete.path("message_id").asText()).isEqualTo(end.messageId());
        assertThat(complete.path("usage")).isEqualTo(end.data().path("usage"));
        assertThat(text(session, "stream_token", "data", "token")).isEqualTo(content);
        JsonNode message = aiChat.await("ai_message_complete").path("message");
        assertThat(message.path("id").asText()).isEqualTo(end.messageId());
        assertThat(message.path("content").asText()).isEqualTo(content);
        assertThat(text(aiChat, "ai_message_chunk", "content")).isEqualTo(content);
        JsonNode at = whole.await("chat_message").path("data");
        assertThat(at.path("content").asText()).isEqualTo(content);
        assertThat(whole.frames()).hasSize(1);

        String path = "/ai-chat/api/sessions/" + id + "/send_message/";
        JsonNode answer =
            Rest.json(suite.rest().as(anna).body(Map.of("message", "And now?")).post(path));
        String second = answer.path("ai_message").path("content").asText();
        assertThat(second).isNotEmpty();
        v1.awaitReplyEnd(answer.path("user_message").path("id").asText(), Duration.ofSeconds(30));
        aiChat.await(
            "ai_message_complete",
            frame -> frame.path("message").path("content").asText().equals(second));
        whole.await(
            "chat_message", frame -> frame.path("data").path("content").asText().equals(second));
        assertThat(text(session, "stream_token", "data", "token")).startsWith(content);
        assertThat(session.frames("chat_message")).isEmpty();
      }
    }
  }
}

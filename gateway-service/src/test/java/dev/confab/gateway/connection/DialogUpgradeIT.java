package dev.confab.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.gateway.Neighbours;
import dev.confab.gateway.security.TestIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who gets into a support dialog, on which side. */
@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class DialogUpgradeIT {
  private static final String FOREIGN = "Origin: https://foreign.example";

  private final TestIssuer issuer = TestIssuer.known();
  private final String operator = issuer.tokenOf("operator", UUID.randomUUID().toString());

  private static SocketClient open(String path, String... headers) throws IOException {
    return SocketClient.openAt(AuthenticationIT.port(), path, headers);
  }

  private static int status(String path, String... headers) throws IOException {
    try (SocketClient client = open(path, headers)) {
      return client.status();
    }
  }

  @Test
  void aPanelIsForStaff() throws IOException {
    String panel = "/ws/dialogs/d1";

    assertThat(status(panel)).isEqualTo(401);
    assertThat(status(panel + "?token=nonsense")).isEqualTo(401);
    assertThat(status(panel + "?token=" + issuer.token("u"))).isEqualTo(403);
    assertThat(status(panel + "?token=" + issuer.visitorToken("d1", "d1"))).isEqualTo(403);
    assertThat(status(panel + "?token=" + operator)).isEqualTo(101);
    assertThat(status(panel + "/?token=" + issuer.tokenOf("admin", "a"))).isEqualTo(101);
    assertThat(status("/ws/dialogs/nothing?token=" + operator)).isEqualTo(404);
    assertThat(status("/ws/dialogs/dx?token=" + operator)).isEqualTo(404);
  }

  @Test
  void aWidgetNeedsItsDialogsId() throws IOException {
    assertThat(status("/ws/widget/dialogs/d1?assistant_id=a")).isEqualTo(101);
    assertThat(status("/ws/widget/dialogs/d1/?assistant_id=a&stream=1")).isEqualTo(101);
    assertThat(status("/ws/widget/dialogs/d1?assistant_id=b")).isEqualTo(404);
    assertThat(status("/ws/widget/dialogs/nothing?assistant_id=a")).isEqualTo(404);
    assertThat(status("/ws/widget/dialogs/a%20b?assistant_id=a")).isEqualTo(404);
  }

  @Test
  void aWidgetNeedsAPageThatMayShowIt() throws IOException {
    assertThat(status("/ws/widget/dialogs/d1?assistant_id=a", FOREIGN)).isEqualTo(403);
    assertThat(
            status(
                "/ws/widget/dialogs/d1?assistant_id=a", "Origin: https://" + "x".repeat(300)))
        .isEqualTo(403);
    assertThat(status("/ws/widget/dialogs/d1?assistant_id=a", "Origin: https://shop.example"))
        .isEqualTo(101);
  }

  @Test
  void aWidgetBringsItsTokenWhereOneIsDemanded() throws IOException {
    String widget = "/ws/widget/dialogs/dt1?assistant_id=a";
    String token = issuer.visitorToken("dt1", "dt1");

    assertThat(status(widget)).isEqualTo(401);
    assertThat(status(widget + "&visitor_token=" + operator)).isEqualTo(401);
    assertThat(status(widget + "&visitor_token=" + issuer.visitorToken("dt1", "d2")))
        .isEqualTo(401);
    assertThat(status(widget + "&visitor_token=" + token)).isEqualTo(101);
    assertThat(status(widget + "&token=" + token)).isEqualTo(101);
    assertThat(status(widget, "Sec-WebSocket-Protocol: bearer." + token)).isEqualTo(101);
  }

  @Test
  void bothSidesAreAnsweredInTheirWords() throws IOException {
    for (String path :
        new String[] {"/ws/dialogs/d2?token=" + operator, "/ws/widget/dialogs/d2?assistant_id=a"}) {
      try (SocketClient client = open(path)) {
        client.send("{\"type\":\"ping\"}");
        assertThat(client.next("pong").size()).isEqualTo(1);
        client.send("{\"type\":\"whatever\"}");
        assertThat(client.next("error").path("code").asText()).isEqualTo("UNKNOWN_TYPE");
        client.send("{\"sender\":\"system\",\"text\":\"hi\",\"client_id\":\"k\"}");
        assertThat(client.next("error").path("client_id").asText()).isEqualTo("k");
      }
    }
  }

  @Test
  void aVisitorsTypingReachesThePanel() throws IOException {
    try (SocketClient panel = open("/ws/dialogs/d3?token=" + operator);
        SocketClient widget = open("/ws/widget/dialogs/d3?assistant_id=a")) {
      widget.send("{\"type\":\"typing_start\"}");
      assertThat(panel.next("typing_start").size()).isEqualTo(1);
      panel.send("{\"type\":\"typing_start\"}");
      assertThat(widget.next("typing_start").size()).isEqualTo(1);
      widget.send("{\"type\":\"typing_stop\"}");
      assertThat(panel.next("typing_stop").size()).isEqualTo(1);
    }
  }

  @Test
  void aVisitorsTokenIsGoodForOneConversation() throws IOException {
    String token = issuer.visitorToken("d4", "d4");
    for (String path :
        new String[] {"/ws/chat/s", "/ws/ai-chat/session/d4", "/ws/ai-chat/sessions"}) {
      assertThat(status(path + "?token=" + token)).isEqualTo(403);
    }
    try (SocketClient client = SocketClient.authenticated(AuthenticationIT.port(), token)) {
      client.send("{\"type\":\"join_conversation\",\"data\":{\"conversation_id\":\"d5\"}}");
      assertThat(client.next("error").path("data").path("code").asText()).isEqualTo("NOT_FOUND");
      client.send(
          "{\"type\":\"edit_message\",\"data\":{\"conversation_id\":\"d4\",\"message_id\":\"m\","
              + "\"content\":\"x\"}}");
      assertThat(client.next("error").path("data").path("code").asText()).isEqualTo("FORBIDDEN");
      client.send("{\"type\":\"join_conversation\",\"data\":{\"conversation_id\":\"d4\"}}");
      assertThat(client.next("joined").path("data").path("conversation_id").asText())
          .isEqualTo("d4");
    }
  }
}

package dev.confab.systemtests.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.client.Frame;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.PlainClient;
import dev.confab.systemtests.client.V1Client;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A visitor reaches their own dialog, from an allowed site, and nothing else by any path. */
@SystemTest
@Tag("support")
@Order(245)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VisitorIsolationIT {
  private static final String NOTE = "zanthoxylum";
  private static final String SECRET = "quercitron";
  private static final String SITES_WORD = "tamarugite";
  private static final String FOREIGN = "https://elsewhere.example.net";

  private final Suite suite;
  private Site site;
  private Person ada;
  private Person ben;

  VisitorIsolationIT(Suite suite) {
    this.suite = suite;
  }

  @BeforeAll
  void open_the_desk() {
    List<Person> operators = suite.operators(2);
    ada = operators.getFirst();
    ben = operators.getLast();
    site = Site.open(suite);
  }

  @Test
  void a_foreign_origin_is_refused_everywhere() {
    URI gateway = suite.gatewayA();
    Calls foreign = WidgetClient.page(gateway, FOREIGN);
    assertThat(WidgetClient.create(foreign, site.assistantId()).status()).isEqualTo(403);
    assertThat(foreign.post("/api/v1/support/dialogs", Map.of("site_id", site.id())).status())
        .isEqualTo(403);
    try (WidgetClient widget = site.visitor(gateway)) {
      widget.say("Hello");
      assertThat(foreign.get(widget.messagesPath()).status()).isEqualTo(403);
      assertThat(
              foreign
                  .post(widget.messagesPath(), Map.of("sender", "user", "text", "From elsewhere"))
                  .status())
          .isEqualTo(403);
      Map<String, String> header = Map.of("Origin", FOREIGN);
      assertThat(PlainClient.statusOf(gateway, widget.socketPath(), header)).isEqualTo(403);
      Map<String, String> own = Map.of("Origin", site.origin());
      assertThat(PlainClient.statusOf(gateway, widget.socketPath(), own)).isEqualTo(101);
      assertThat(widget.screen().texts("user")).containsExactly("Hello");
    }
  }

  @Test
  void what_nobody_has_is_not_found() {
    Calls page = site.page(suite.gatewayA());
    String nobodys = UUID.randomUUID().toString();
    assertThat(WidgetClient.create(page, nobodys).status()).isEqualTo(404);
    assertThat(page.get("/api/widget/dialogs/" + nobodys + "/messages").status()).isEqualTo(404);
    assertThat(page.get("/api/widget/dialogs/nonsense/messages").status()).isEqualTo(404);
    for (String path :
        List.of(
            "/ws/widget/dialogs/" + nobodys + "?assistant_id=" + site.assistantId(),
            "/ws/widget/dialogs/nonsense?assistant_id=" + site.assistantId(),
            "/ws/dialogs/" + nobodys + "?token=" + ada.accessToken())) {
      assertThat(PlainClient.statusOf(suite.gatewayA(), path, page.headers())).isEqualTo(404);
    }
    assertThat(
            Calls.at(suite.gatewayA(), ada.accessToken())
                .get("/api/dialogs/" + nobodys + "/messages")
                .status())
        .isEqualTo(404);
  }

  @Test
  void panels_are_for_operators() {
    Person user = suite.newPerson();
    try (WidgetClient widget = site.visitor(suite.gatewayA())) {
      String panel = "/ws/dialogs/" + widget.dialogId();
      URI gateway = suite.gatewayB();
      assertThat(PlainClient.statusOf(gateway, panel, Map.of())).isEqualTo(401);
      for (String token : List.of(user.accessToken(), widget.visitorToken())) {
        assertThat(PlainClient.statusOf(gateway, panel + "?token=" + token, Map.of()))
            .isIn(401, 403, 404);
        Calls calls = Calls.at(gateway, token);
        assertThat(calls.get("/api/dialogs").status()).isIn(401, 403);
        assertThat(calls.get("/api/dialogs/" + widget.dialogId() + "/messages").status())
            .isIn(401, 403, 404);
        for (String action : List.of("claim", "release", "transfer")) {
          Calls.Answer answer =
              calls.post("/api/dialogs/" + widget.dialogId() + '/' + action, Map.of());
          assertThat(answer.status()).as(action).isIn(401, 403, 404);
        }
      }
    }
  }

  @Test
  void a_site_is_worked_by_its_own_operators() {
    Site bens = Site.workedBy(suite, ben);
    try (WidgetClient widget = bens.visitor(suite.gatewayA());
        PanelClient panel = PanelClient.open(suite.gatewayB(), ben, widget.dialogId(), "")) {
      widget.say(SITES_WORD);
      panel.awaitLine("user", SITES_WORD);
      String path = "/ws/dialogs/" + widget.dialogId() + "?token=" + ada.accessToken();
      assertThat(PlainClient.statusOf(suite.gatewayA(), path, Map.of())).isEqualTo(404);
      Calls calls = Calls.at(suite.gatewayA(), ada.accessToken());
      for (String place :
          List.of(
              "/api/dialogs/" + widget.dialogId() + "/messages",
              "/api/v1/support/dialogs/" + widget.dialogId(),
              "/api/v1/support/dialogs/" + widget.dialogId() + "/backstage",
              "/api/v1/conversations/" + widget.dialogId(),
              "/api/v1/conversations/" + widget.dialogId() + "/messages")) {
        assertThat(calls.get(place).status()).as(place).isEqualTo(404);
      }
      assertThat(Site.act(suite.gatewayA(), ada, widget.dialogId(), "claim", Map.of()).status())
          .isEqualTo(404);
      for (String list : List.of("/api/dialogs", "/api/v1/support/dialogs")) {
        assertThat(calls.get(list).done().toString()).doesNotContain(widget.dialogId(), SITES_WORD);
      }
      try (V1Client v1 = suite.connect(suite.gatewayA(), ada)) {
        assertNotFound(v1, "join_conversation", Map.of("conversation_id", widget.dialogId()));
        assertNotFound(
            v1, "hand_over", Map.of("conversation_id", widget.dialogId(), "action", "claim"));
      }
    }
  }

  private static void assertNotFound(V1Client client, String type, Map<String, Object> data) {
    Frame answer = client.awaitAnswer(client.send(type, data));
    assertThat(answer.type()).as(type).isEqualTo("error");
    assertThat(answer.data().path("code").asText()).as(type).isEqualTo("NOT_FOUND");
  }

  @Test
  void a_visitors_token_is_good_for_one_dialog_only() {
    Person user = suite.newPerson();
    String usersTalk = suite.rest().talk(user);
    try (WidgetClient mine = site.visitor(suite.gatewayA());
        WidgetClient others = site.visitor(suite.gatewayA());
        V1Client v1 = V1Client.connect(suite.gatewayB(), Site.asPerson(mine))) {
      others.say(SECRET);
      v1.join(mine.dialogId());
      for (String foreign : List.of(others.dialogId(), usersTalk, UUID.randomUUID().toString())) {
        assertNotFound(v1, "join_conversation", Map.of("conversation_id", foreign));
        assertNotFound(
            v1,
            "send_message",
            Map.of("conversation_id", foreign, "content", "Hi", "message_type", "user"));
        assertNotFound(v1, "hand_over", Map.of("conversation_id", foreign, "action", "request"));
        assertRefused(mine, "/api/v1/conversations/" + foreign);
        assertRefused(mine, "/api/v1/conversations/" + foreign + "/messages");
      }
      Frame claim =
          v1.awaitAnswer(
              v1.send("hand_over", Map.of("conversation_id", mine.dialogId(), "action", "claim")));
      assertThat(claim.type()).isEqualTo("error");
      for (String path :
          List.of(
              "/api/v1/conversations",
              "/api/v1/auth/me",
              "/api/v1/auth/sessions",
              "/api/v1/users?q=a",
              "/api/v1/search?q=" + SECRET,
              "/api/v1/assistants",
              "/api/v1/stats",
              "/api/v1/support/dialogs",
              "/api/v1/support/sites",
              "/api/v1/support/dialogs/" + mine.dialogId(),
              "/api/v1/support/dialogs/" + mine.dialogId() + "/visitor",
              "/ai-chat/api/sessions/")) {
        assertRefused(mine, path);
      }
      for (String path : List.of("/ws/chat/x/?token=", "/ws/ai-chat/sessions/?token=")) {
        assertThat(PlainClient.statusOf(suite.gatewayA(), path + mine.visitorToken(), Map.of()))
            .isIn(401, 403, 404);
      }
      assertThat(v1.frames().toString()).doesNotContain(SECRET);
      JsonNode seen =
          Calls.at(suite.gatewayA(), mine.visitorToken())
              .get("/api/v1/conversations/" + mine.dialogId() + "/messages")
              .done();
      assertThat(seen.toString()).doesNotContain(SECRET);
    }
  }

  private void assertRefused(WidgetClient visitor, String path) {
    Calls.Answer answer = Calls.at(suite.gatewayA(), visitor.visitorToken()).get(path);
    assertThat(answer.status()).as(path).isIn(401, 403, 404);
    assertThat(answer.body().toString()).as(path).doesNotContain(SECRET, NOTE);
  }

  @Test
  void notes_reach_no_visitor_by_any_path() {
    try (WidgetClient widget = site.visitor(suite.gatewayA(), "&stream=1");
        PanelClient panel = PanelClient.open(suite.gatewayB(), ada, widget.dialogId(), "");
        V1Client visitor = V1Client.connect(suite.gatewayA(), Site.asPerson(widget));
        V1Client adas = suite.connect(suite.gatewayA(), ada);
        V1Client bens = suite.connect(suite.gatewayB(), ben)) {
      visitor.join(widget.dialogId());
      panel.act("claim", Map.of()).done();
      widget.say("Is anybody there?");
      String backstage =
          Calls.at(suite.gatewayA(), ada.accessToken())
              .get("/api/v1/support/dialogs/" + widget.dialogId() + "/backstage")
              .done()
              .at("/conversation/id")
              .asText();
      bens.join(backstage);
      adas.sayAndAwaitAck(backstage, NOTE);
      bens.awaitFrame(
          "the note",
          frame -> frame.message().path("content").asText().equals(NOTE),
          V1Client.PATIENCE);

      for (String type : List.of("join_conversation", "send_message", "mark_read")) {
        assertNotFound(
            visitor,
            type,
            Map.of("conversation_id", backstage, "content", "x", "message_type", "user", "seq", 1));
      }
      for (String path :
          List.of(
              "/api/v1/conversations/" + backstage,
              "/api/v1/conversations/" + backstage + "/messages",
              "/api/v1/conversations/" + backstage + "/export",
              "/api/v1/support/dialogs/" + widget.dialogId() + "/backstage",
              "/api/v1/support/dialogs/" + backstage,
              "/api/v1/search?q=" + NOTE)) {
        assertRefused(widget, path);
      }
      assertThat(widget.calls().get("/api/widget/dialogs/" + backstage + "/messages").status())
          .isEqualTo(404);
      String path = "/ws/widget/dialogs/" + backstage + "?assistant_id=" + site.assistantId();
      assertThat(PlainClient.statusOf(suite.gatewayA(), path, widget.calls().headers()))
          .isEqualTo(404);
      panel.say("Yes, I am");
      widget.awaitLine("manager", "Yes, I am");
      visitor.awaitFrame(
          "the operator's message",
          frame -> frame.message().path("content").asText().equals("Yes, I am"),
          V1Client.PATIENCE);
      assertThat(widget.poll().toString()).doesNotContain(NOTE);
      assertThat(widget.socket().frames().toString()).doesNotContain(NOTE, backstage);
      visitor.frames().forEach(f -> assertThat(f.body().toString()).doesNotContain(NOTE));
      assertThat(panel.poll().toString()).doesNotContain(NOTE);
      assertThat(site.history(ada, widget.dialogId()).messages().toString()).doesNotContain(NOTE);
    }
  }
}

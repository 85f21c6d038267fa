package dev.confab.systemtests.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.suite.DemoLlm;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The dialect {@code dialog}: every message once on each side, whatever becomes of the sockets. */
@SystemTest
@Tag("support")
@Order(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WidgetAndPanelIT {
  private static final int RAPID = 50;
  private static final String STREAM = "&stream=1";

  private final Suite suite;
  private Site site;
  private Person ada;
  private Person ben;

  WidgetAndPanelIT(Suite suite) {
    this.suite = suite;
  }

  @BeforeAll
  void open_the_desk() {
    List<Person> operators = suite.operators(2);
    ada = operators.getFirst();
    ben = operators.getLast();
    site = Site.open(suite);
  }

  /** Each shows all that is stored, once, in whatever order it came; a poll adds nothing. */
  private static void assertSame(PanelClient reference, DialogClient... clients) {
    List<String> stored = new ArrayList<>();
    Awaitility.await("everybody has the same on the screen")
        .atMost(Duration.ofSeconds(20))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> {
              stored.clear();
              reference.messages().forEach(message -> stored.add(talk(message)));
              stored.removeIf(String::isEmpty);
              for (DialogClient client : clients) {
                assertThat(shown(client)).containsExactlyInAnyOrderElementsOf(stored);
              }
            });
    for (DialogClient client : clients) {
      client.poll();
      assertThat(shown(client)).containsExactlyInAnyOrderElementsOf(stored);
      assertThat(client.breaches()).isEmpty();
    }
  }

  private static String talk(JsonNode message) {
    String sender = message.path("sender").asText();
    return sender.equals("system") ? "" : sender + ": " + message.path("text").asText();
  }

  private static List<String> shown(DialogClient client) {
    return client.screen().lines().stream()
        .filter(line -> !line.sender().equals("system"))
        .map(line -> line.sender() + ": " + line.text())
        .toList();
  }

  private static void awaitReplies(DialogClient client, int count) {
    Awaitility.await("replies")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> client.screen().texts("assistant").size() >= count);
  }

  @Test
  void each_message_is_once_on_each_side_with_two_panels_and_two_tabs() {
    try (WidgetClient tab = site.visitor(suite.gatewayA(), STREAM);
        WidgetClient otherTab = tab.again(suite.gatewayB());
        PanelClient adas = PanelClient.open(suite.gatewayB(), ada, tab.dialogId(), STREAM);
        PanelClient bens = PanelClient.open(suite.gatewayA(), ben, tab.dialogId(), "")) {
      tab.say("A question over REST");
      awaitReplies(tab, 1);
      tab.sayBySocket("A question over the socket");
      for (DialogClient each : List.of(tab, otherTab, adas, bens)) {
        awaitReplies(each, 2);
      }
      assertThat(adas.act("claim", Map.of()).status()).isEqualTo(200);
      for (DialogClient each : List.of(tab, otherTab, adas, bens)) {
        each.socket().awaitState("operator");
      }
      adas.say("A person over REST");
      adas.sayBySocket("A person over the socket");
      tab.say("Thanks");
      for (DialogClient each : List.of(tab, otherTab, bens)) {
        each.awaitLine("manager", "A person over the socket");
      }
      bens.awaitLine("user", "Thanks");
      assertThat(otherTab.screen().texts("user")).doesNotContain("Thanks");

      otherTab.poll();
      assertSame(adas, tab, otherTab, adas, bens);
      assertThat(tab.socket().openStreams()).isEmpty();
      assertThat(bens.socket().frames())
          .noneMatch(frame -> frame.path("type").asText().equals("stream"));
    }
  }

  @Test
  void a_reload_shows_everything_once() {
    try (WidgetClient before = site.visitor(suite.gatewayA());
        PanelClient panelBefore = PanelClient.open(suite.gatewayA(), ada, before.dialogId(), "")) {
      before.sayBySocket("Before the reload");
      awaitReplies(before, 1);
      panelBefore.awaitLine("user", "Before the reload");
      before.leave();
      panelBefore.leave();
      try (WidgetClient after = before.again(suite.gatewayB());
          PanelClient panelAfter = panelBefore.again(suite.gatewayB())) {
        after.say("After the reload");
        awaitReplies(after, 2);
        assertSame(panelAfter, after, panelAfter);
      }
    }
  }

  @Test
  void a_lost_socket_is_bridged_by_polling() {
    try (WidgetClient widget = site.visitor(suite.gatewayA());
        PanelClient panel = PanelClient.open(suite.gatewayB(), ada, widget.dialogId(), "")) {
      widget.say("With a socket");
      awaitReplies(widget, 1);
      widget.loseSocket();
      panel.act("claim", Map.of()).done();
      panel.say("Do you hear me?");
      widget.awaitLine("manager", "Do you hear me?");
      widget.say("Without a socket");
      panel.awaitLine("user", "Without a socket");
      panel.loseSocket();
      widget.say("To one who polls");
      panel.awaitLine("user", "To one who polls");
      panel.say("From one who polls");
      widget.awaitLine("manager", "From one who polls");
      widget.connect(suite.gatewayB());
      panel.connect(suite.gatewayA());
      panel.say("With a socket again");
      widget.awaitLine("manager", "With a socket again");
      widget.sayBySocket("Me too");
      panel.awaitLine("user", "Me too");

      assertSame(panel, widget, panel);
    }
  }

  @Test
  void fifty_in_a_row_come_once_each() {
    try (WidgetClient widget = site.visitor(suite.gatewayA());
        PanelClient panel = PanelClient.open(suite.gatewayB(), ada, widget.dialogId(), "")) {
      panel.act("claim", Map.of()).done();
      widget.socket().awaitState("operator");
      List<String> texts = IntStream.range(0, RAPID).mapToObj(i -> "Rapid " + i).toList();
      texts.forEach(widget::say);

      panel.awaitLine("user", texts.getLast());
      assertSame(panel, widget, panel);
      assertThat(panel.screen().texts("user")).containsExactlyElementsOf(texts);
    }
  }

  @Test
  void the_same_client_id_is_one_message_by_whatever_way() {
    try (WidgetClient widget = site.visitor(suite.gatewayA());
        PanelClient panel = PanelClient.open(suite.gatewayB(), ada, widget.dialogId(), "")) {
      panel.act("claim", Map.of()).done();
      String mine = UUID.randomUUID().toString();
      widget.sayBySocket("Once", mine);
      JsonNode first = widget.post("Once", mine);
      assertThat(widget.post("Once", mine)).isEqualTo(first);
      assertThat(first.path("client_id").asText()).isEqualTo(mine);
      widget.sayBySocket("Once", mine);
      String hers = UUID.randomUUID().toString();
      panel.sayBySocket("Here", hers);
      JsonNode answer = panel.post("Here", hers);
      assertThat(panel.post("Here", hers)).isEqualTo(answer);

      widget.say("Last");
      panel.awaitLine("user", "Last");
      widget.awaitLine("manager", "Here");
      assertSame(panel, widget, panel);
      assertThat(widget.screen().texts("user")).containsExactlyInAnyOrder("Once", "Last");
    }
  }

  @Test
  void both_sides_see_each_other_type_and_pings_are_answered() {
    try (WidgetClient widget = site.visitor(suite.gatewayA());
        PanelClient panel = PanelClient.open(suite.gatewayB(), ada, widget.dialogId(), "")) {
      panel.act("claim", Map.of()).done();
      widget.socket().awaitState("operator");
      widget.socket().send("typing_start");
      panel.socket().await("typing_start");
      widget.socket().send("typing_stop");
      panel.socket().await("typing_stop");
      panel.socket().send("typing_start");
      widget.socket().await("typing_start");
      panel.socket().send("typing_stop");
      widget.socket().await("typing_stop");
      for (DialogClient each : List.of(widget, panel)) {
        each.socket().send("ping");
        assertThat(each.socket().await("pong").size()).isEqualTo(1);
        assertThat(each.breaches()).isEmpty();
      }
    }
  }

  @Test
  void who_asks_for_it_sees_the_reply_grow() {
    try (WidgetClient growing = site.visitor(suite.gatewayA(), STREAM);
        WidgetClient whole =
            WidgetClient.open(site.page(suite.gatewayB()), site.assistantId(), "")) {
      growing.say(DemoLlm.STORY);
      whole.say(DemoLlm.STORY);
      awaitReplies(growing, 1);
      awaitReplies(whole, 1);

      assertThat(growing.socket().frames("stream")).hasSizeGreaterThan(3);
      assertThat(whole.socket().frames("stream")).isEmpty();
      assertThat(growing.breaches()).isEmpty();
      assertThat(growing.socket().openStreams()).isEmpty();
    }
  }

  @Test
  void a_dialog_goes_from_hand_to_hand_and_is_closed() {
    try (WidgetClient widget = site.visitor(suite.gatewayA());
        PanelClient adas = PanelClient.open(suite.gatewayB(), ada, widget.dialogId(), "");
        PanelClient bens = PanelClient.open(suite.gatewayA(), ben, widget.dialogId(), "")) {
      widget.say("I want to talk to a person");
      adas.socket().awaitState("waiting");
      assertThat(ids(adas.list("waiting"))).contains(widget.dialogId());
      adas.act("claim", Map.of()).done();
      widget.socket().awaitState("operator");
      assertThat(bens.act("claim", Map.of()).status()).isEqualTo(409);
      assertThat(ids(adas.list("waiting"))).doesNotContain(widget.dialogId());
      adas.act("transfer", Map.of("user_id", ben.id(), "user_name", ben.name())).done();
      bens.say("I took over");
      widget.awaitLine("manager", "I took over");
      bens.act("release", Map.of("to", "assistant")).done();
      widget.socket().awaitState("assistant");
      widget.say("Are you the AI again?");
      awaitReplies(widget, 1);
      bens.act("claim", Map.of()).done();
      bens.act("close", Map.of()).done();
      widget.socket().awaitState("none");
      Calls.Answer late = widget.tryPost("Too late", UUID.randomUUID().toString());
      assertThat(late.code()).isEqualTo("CONVERSATION_CLOSED");

      assertSame(adas, widget, adas, bens);
      TurnCheck check = TurnCheck.of(site.history(ada, widget.dialogId()), Duration.ofSeconds(30));
      assertThat(check.breaches()).isEmpty();
    }
  }

  private static List<String> ids(JsonNode dialogs) {
    List<String> ids = new ArrayList<>();
    dialogs.forEach(dialog -> ids.add(dialog.path("id").asText()));
    return ids;
  }
}

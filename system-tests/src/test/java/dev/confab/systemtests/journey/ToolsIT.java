package dev.confab.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.systemtests.client.Frame;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.V1Client;
import dev.confab.systemtests.suite.Delivered;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A reply that uses a tool, as it is shown on both gateways. */
@SystemTest
@Tag("journey")
@Order(70)
class ToolsIT {
  private static final Duration REPLY = Duration.ofSeconds(20);
  private static final String QUESTION = "Please calculate (2+3)*4";

  private final Suite suite;

  ToolsIT(Suite suite) {
    this.suite = suite;
  }

  @Test
  void the_use_of_a_tool_is_shown_and_the_reply_goes_on() {
    Person anna = suite.newPerson();
    String talk = suite.rest().talk(anna, Map.of("tools_enabled", true));
    try (V1Client a = suite.connect(suite.gatewayA(), anna);
        V1Client b = suite.connect(suite.gatewayB(), anna)) {
      a.join(talk);
      b.join(talk);
      String turnId = a.sayAndAwaitAck(talk, QUESTION);
      Frame end = a.awaitReplyEnd(turnId, REPLY);
      b.awaitReplyEnd(turnId, REPLY);

      assertThat(end.data().at("/message/content").asText())
          .isEqualTo("Let me ask the calculator.\n\nThe tool said: 20");
      for (V1Client client : List.of(a, b)) {
        Frame call = only(client, "tool_call");
        Frame result = only(client, "tool_result");
        assertThat(call.data().path("message_id")).isEqualTo(end.data().path("message_id"));
        assertThat(call.data().path("name").asText()).isEqualTo("calculator");
        assertThat(call.data().path("arguments").asText())
            .isEqualTo("{\"expression\":\"(2+3)*4\"}");
        assertThat(result.data().path("call_id")).isEqualTo(call.data().path("call_id"));
        assertThat(result.data().path("ok").asBoolean()).isTrue();
        assertThat(result.data().path("content").asText()).isEqualTo("20");
        assertThat(client.frames().indexOf(call)).isLessThan(client.frames().indexOf(result));
      }
      Delivered.asReadBy(suite, anna).to(a, b).check(talk);
    }
  }

  @Test
  void without_being_switched_on_no_tool_is_used() {
    Person anna = suite.newPerson();
    String talk = suite.rest().talk(anna);
    try (V1Client a = suite.connect(suite.gatewayA(), anna)) {
      a.join(talk);
      Frame end = a.awaitReplyEnd(a.sayAndAwaitAck(talk, QUESTION), REPLY);

      assertThat(end.data().at("/message/content").asText()).contains("You wrote");
      assertThat(a.frames()).noneMatch(frame -> frame.is("tool_call"));
    }
  }

  private static Frame only(V1Client client, String type) {
    List<Frame> found = client.frames().stream().filter(frame -> frame.is(type)).toList();
    assertThat(found).as(type).hasSize(1);
    return found.getFirst();
  }
}

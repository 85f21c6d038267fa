package dev.confab.systemtests.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A model gives a visitor to a person by its tool, over the whole suite. */
@SystemTest
@Tag("support")
@Order(245)
class AskedForAPersonIT {
  private final Suite suite;
  private Site site;
  private Person operator;

  AskedForAPersonIT(Suite suite) {
    this.suite = suite;
  }

  @BeforeEach
  void open_the_desk() {
    operator = suite.operators(1).getFirst();
    site = Site.open(suite);
  }

  private JsonNode handoff(WidgetClient widget) {
    List<JsonNode> changes =
        site.history(operator, widget.dialogId()).messages().stream()
            .filter(message -> message.path("kind").asText().equals("handoff"))
            .toList();
    assertThat(changes).hasSize(1);
    return changes.getFirst();
  }

  @Test
  void the_model_passes_a_visitor_on_to_a_person() {
    try (WidgetClient widget = site.visitor(suite.gatewayA())) {
      widget.say("Please hand me over.");
      widget.awaitLine("assistant", "Let me pass you on to a person.");
      widget.socket().awaitState("waiting");

      JsonNode change = handoff(widget);
      assertThat(change.at("/handoff/reason").asText()).isEqualTo("assistant_asked");
      assertThat(change.path("content").asText()).startsWith("The assistant has asked a person");
      assertThat(widget.breaches()).isEmpty();
    }
  }
}

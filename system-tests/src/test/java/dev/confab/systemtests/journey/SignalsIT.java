package dev.confab.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.systemtests.client.Frame;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.V1Client;
import dev.confab.systemtests.suite.Delivered;
import dev.confab.systemtests.suite.DemoLlm;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Typing and read positions: no changes of the conversation, but seen by those it concerns. */
@SystemTest
@Tag("journey")
@Order(90)
class SignalsIT {
  private final Suite suite;

  SignalsIT(Suite suite) {
    this.suite = suite;
  }

  @Test
  void typing_is_shown_to_the_others_and_ends_by_itself() {
    Person anna = suite.newPerson();
    Person ben = suite.newPerson();
    String room = suite.rest().room(anna, ben);
    try (V1Client a = suite.connect(suite.gatewayA(), anna);
        V1Client b = suite.connect(suite.gatewayB(), ben)) {
      a.join(room);
      b.join(room);
      a.send("typing_start", Map.of("conversation_id", room));
      Frame begun = awaitTyping(b, anna.id(), true, 0);
      a.send("typing_stop", Map.of("conversation_id", room));
      Frame ended = awaitTyping(b, anna.id(), false, begun.index());
      a.send("typing", Map.of("conversation_id", room, "is_typing", true));
      Frame again = awaitTyping(b, anna.id(), true, ended.index());
      awaitTyping(b, anna.id(), false, again.index());
      Delivered.asReadBy(suite, anna).to(a, b).check(room);
    }
  }

  private static Frame awaitTyping(V1Client client, String userId, boolean typing, int after) {
    return client.awaitFrame(
        "typing_indicator " + typing,
        frame ->
            frame.is("typing_indicator")
                && frame.index() > after
                && frame.data().path("user_id").asText().equals(userId)
                && frame.data().path("is_typing").asBoolean() == typing,
        Duration.ofSeconds(12));
  }

  @Test
  void the_assistant_types_before_it_speaks() {
    Person anna = suite.newPerson();
    String talk = suite.rest().talk(anna);
    suite.demoLlm().delay(Duration.ofSeconds(1));
    try (V1Client b = suite.connect(suite.gatewayB(), anna)) {
      b.join(talk);
      String turnId = b.sayAndAwaitAck(talk, DemoLlm.STORY);
      Frame typing =
          b.awaitFrame(
              "typing_indicator",
              frame -> frame.is("typing_indicator") && frame.data().path("is_typing").asBoolean(),
              V1Client.PATIENCE);
      Frame text = b.awaitText(b.awaitReplyStart(turnId).messageId());
      assertThat(typing.index()).isLessThan(text.index());
      b.awaitReplyEnd(turnId, Duration.ofSeconds(30));
      Delivered.asReadBy(suite, anna).to(b).check(talk);
    }
  }

  @Test
  void reading_is_told_to_the_others_and_to_ones_own_tabs() {
    Person anna = suite.newPerson();
    Person ben = suite.newPerson();
    String room = suite.rest().room(anna, ben);
    try (V1Client a = suite.connect(suite.gatewayA(), anna);
        V1Client b = suite.connect(suite.gatewayB(), ben);
        V1Client otherTab = suite.connect(suite.gatewayA(), ben)) {
      a.join(room);
      b.join(room);
      a.sayAndAwaitAck(room, "one");
      long seq = a.awaitAck(a.say(room, "two")).data().path("seq").asLong();

      String id = b.send("mark_read", Map.of("conversation_id", room, "seq", seq));

      Frame receipt =
          a.awaitFrame("read_receipt", frame -> frame.is("read_receipt"), V1Client.PATIENCE);
      assertThat(receipt.data().path("user_id").asText()).isEqualTo(ben.id());
      assertThat(receipt.data().path("seq").asLong()).isEqualTo(seq);
      assertThat(b.awaitAnswer(id).type()).isEqualTo("ack");
      Frame own =
          otherTab.awaitFrame(
              "conversation_updated with my position",
              frame ->
                  frame.is("conversation_updated")
                      && frame.data().path("my").path("last_read_seq").asLong() == seq,
              V1Client.PATIENCE);
      assertThat(own.data().path("my").path("unread").asInt()).isZero();
      assertThat(own.number()).isEmpty();
      assertThat(a.frames())
          .noneMatch(frame -> frame.data().path("my").path("last_read_seq").asLong() == seq);
      Delivered.asReadBy(suite, anna).to(a, b, otherTab).check(room);
    }
  }
}

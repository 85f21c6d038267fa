package dev.confab.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.ResumingClient;
import dev.confab.systemtests.client.V1Client;
import dev.confab.systemtests.delivery.History;
import dev.confab.systemtests.delivery.Mirror;
import dev.confab.systemtests.suite.Delivered;
import dev.confab.systemtests.suite.DemoLlm;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sockets end without a word; who comes back misses nothing and sees nothing twice. */
@SystemTest
@Tag("journey")
@Order(40)
class ResumeIT {
  private static final Duration ACK = Duration.ofSeconds(10);

  private final Suite suite;

  ResumeIT(Suite suite) {
    this.suite = suite;
  }

  @Test
  void a_dropped_socket_amid_messages_resumes_on_the_other_gateway() {
    Person anna = suite.newPerson();
    Person ben = suite.newPerson();
    String room = suite.rest().room(anna, ben);
    try (V1Client a = suite.connect(suite.gatewayA(), anna);
        ResumingClient b = suite.stay(ben, 0)) {
      a.join(room);
      b.follow(room);
      for (int i = 0; i < 15; i++) {
        a.say(room, "message " + i);
        if (i % 5 == 2) {
          awaitOpen(b);
          b.drop();
        }
      }
      Delivered.asReadBy(suite, ben).to(a).to(b).check(room);
      assertThat(b.connections()).hasSize(4);
    }
  }

  private static void awaitOpen(ResumingClient client) {
    await("a connection", () -> client.connection().isOpen());
  }

  private static void await(String what, BooleanSupplier condition) {
    Awaitility.await(what)
        .atMost(Duration.ofSeconds(15))
        .pollInterval(Duration.ofMillis(20))
        .until(condition::getAsBoolean);
  }

  @Test
  void a_dropped_socket_amid_a_reply_resumes_with_its_whole_text() {
    Person anna = suite.newPerson();
    String talk = suite.rest().talk(anna);
    suite.demoLlm().pace(15, 120);
    try (V1Client witness = suite.connect(suite.gatewayB(), anna);
        ResumingClient b = suite.stay(anna, 0)) {
      witness.join(talk);
      Mirror mirror = b.follow(talk);
      b.awaitAck(b.say(talk, DemoLlm.STORY), ACK);
      for (int drops = 1; drops <= 3; drops++) {
        int connections = drops;
        await(
            "text on connection " + drops,
            () -> b.connections().size() == connections && mirror.speakingReplies() == 1);
        b.drop();
      }
      Delivered.asReadBy(suite, anna).to(witness).to(b).within(Duration.ofSeconds(40)).check(talk);
      assertThat(b.connections()).hasSize(4);
    }
  }

  @Test
  void a_reply_that_ends_while_nobody_is_there_is_whole_on_return() {
    Person anna = suite.newPerson();
    String talk = suite.rest().talk(anna);
    long position;
    String turnId;
    suite.demoLlm().pace(20, 60);
    try (V1Client a = suite.connect(suite.gatewayA(), anna)) {
      a.join(talk);
      turnId = a.sayAndAwaitAck(talk, DemoLlm.STORY);
      a.awaitText(a.awaitReplyStart(turnId).messageId());
      position =
          a.frames().stream().flatMapToLong(frame -> frame.number().stream()).max().orElseThrow();
      a.drop();
    }
    await("the reply ends", () -> suite.history(anna, talk).everyTurnEnded());
    try (V1Client b = suite.connect(suite.gatewayB(), anna)) {
      b.join(talk, position, null);
      b.awaitReplyEnd(turnId, V1Client.PATIENCE);
      History history = Delivered.asReadBy(suite, anna).to(b).check(talk);
      assertThat(history.repliesTo(turnId)).hasSize(1);
    }
  }

  @Test
  void a_message_sent_into_a_dying_socket_is_stored_once() {
    Person anna = suite.newPerson();
    String room = suite.rest().room(anna);
    try (ResumingClient a = suite.stay(anna, 0)) {
      a.follow(room);
      for (int i = 0; i < 5; i++) {
        awaitOpen(a);
        String clientId = a.say(room, "into the dark " + i);
        a.drop();
        a.awaitAck(clientId, ACK);
      }
      History history = Delivered.asReadBy(suite, anna).to(a).check(room);
      assertThat(history.messages()).hasSize(5);
      assertThat(history.byId().keySet()).containsAll(a.acked().values());
    }
  }
}

package dev.confab.systemtests.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.systemtests.client.Frame;
import dev.confab.systemtests.suite.Measurements;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nobody says goodbye for those whose gateway dies: they are offline by themselves. */
@SystemTest
@Tag("room")
@Order(1050)
class VanishedGatewayIT {
  private final Suite suite;

  VanishedGatewayIT(Suite suite) {
    this.suite = suite;
  }

  @AfterEach
  void makeWhole() {
    suite.revive();
  }

  @Test
  void whose_gateway_dies_is_soon_offline_and_answered_for() {
    try (Couple room = Couple.meet(suite, suite.gatewayA(), suite.gatewayB())) {
      int from = room.annas().frameCount();
      suite.kill9("gateway-2");

      Duration took = room.awaitOffline(from);

      Measurements.duration("offline after kill -9 of the gateway", took);
      String turn = room.annas().sayAndAwaitAck(room.room(), "hey AI, is Ben gone?");
      Frame end = room.annas().awaitReplyEnd(turn, Duration.ofSeconds(20));
      assertThat(end.message().path("on_behalf_of").asText()).isEqualTo(room.ben().id());
      room.check();
    }
  }
}

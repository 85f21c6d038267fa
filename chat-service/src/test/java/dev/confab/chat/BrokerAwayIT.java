package dev.confab.chat;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.Api.Person;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestTokens.class)
@TestProfile(BrokerAwayIT.NoBroker.class)
class BrokerAwayIT {
  /** A broker address where nobody listens. */
  public static class NoBroker implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "confab.chat.kafka.bootstrap-servers", "127.0.0.1:1",
          "confab.chat.outbox.delivery-timeout", "1s");
    }
  }

  @Inject ObjectMapper json;
  @Inject AgroalDataSource dataSource;

  private final Person ada = Person.any("Ada");

  @AfterEach
  void forgetWhatCouldNotLeave() throws Exception {
    try (var connection = dataSource.getConnection();
        var delete = connection.prepareStatement("DELETE FROM outbox")) {
      delete.executeUpdate();
    }
  }

  @Test
  void commandsAreStoredAndAnsweredAndWhatShouldLeaveStays() throws Exception {
    Api api = new Api(json);
    String room = api.create(ada, "room");

    long begin = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      var outcome = api.commands(Api.say(ada, room, "m" + i, "text " + i)).get(0);
      assertThat(outcome.path("type").asText()).isEqualTo("message_added");
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);

    assertThat(took).isLessThan(Duration.ofSeconds(10));
    assertThat(api.changes(room, "after_seq=0").messages()).hasSize(20);
    assertThat(outboxRows()).isGreaterThanOrEqualTo(21);
    given().get("/q/health/ready").then().statusCode(503);
    given().get("/q/health/live").then().statusCode(200);
    given().get("/api/v1/status").then().statusCode(200).body("broker", is("down"));
  }

  private long outboxRows() throws Exception {
    try (var connection = dataSource.getConnection();
        var select = connection.prepareStatement("SELECT count(*) FROM outbox");
        var rows = select.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }
}

package dev.confab.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.systemtests.client.Frame;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.V1Client;
import dev.confab.systemtests.suite.Rest;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ways to sign in on a socket, and how a socket ends that may not stay. */
@SystemTest
@Tag("journey")
@Order(80)
class AuthenticationIT {
  private static final int NOT_AUTHENTICATED = 4001;
  private static final int SESSION_REVOKED = 4003;

  private final Suite suite;

  AuthenticationIT(Suite suite) {
    this.suite = suite;
  }

  private static void assertSignedIn(V1Client client, Person person) {
    Frame hello =
        client.awaitFrame("auth_success", frame -> frame.is("auth_success"), V1Client.PATIENCE);
    assertThat(hello.body().path("user_id").asText()).isEqualTo(person.id());
  }

  @Test
  void a_token_may_come_in_the_first_frame() {
    Person anna = suite.newPerson();
    try (V1Client client = V1Client.open(suite.gatewayA(), "", Map.of(), List.of())) {
      client.authenticate(anna.accessToken());
      assertSignedIn(client, anna);
    }
  }

  @Test
  void a_token_may_come_as_a_subprotocol() {
    Person anna = suite.newPerson();
    try (V1Client client =
        V1Client.open(
            suite.gatewayA(), "", Map.of(), List.of("confab.v1", "bearer." + anna.accessToken()))) {
      assertSignedIn(client, anna);
      assertThat(client.subprotocol()).isEqualTo("confab.v1");
    }
  }

  @Test
  void a_token_may_come_in_the_authorization_header() {
    Person anna = suite.newPerson();
    try (V1Client client =
        V1Client.open(
            suite.gatewayB(),
            "",
            Map.of("Authorization", "Bearer " + anna.accessToken()),
            List.of())) {
      assertSignedIn(client, anna);
    }
  }

  @Test
  void a_token_may_come_in_the_query() {
    Person anna = suite.newPerson();
    try (V1Client client =
        V1Client.open(suite.gatewayB(), "?token=" + anna.accessToken(), Map.of(), List.of())) {
      assertSignedIn(client, anna);
    }
  }

  @Test
  void an_invalid_token_closes_the_socket() {
    Person anna = suite.newPerson();
    String token = anna.accessToken();
    String tampered = token.substring(0, token.lastIndexOf('.') + 1) + "A".repeat(86);
    for (String bad : List.of(tampered, "rubbish", "")) {
      try (V1Client client = V1Client.open(suite.gatewayA(), "", Map.of(), List.of())) {
        client.authenticate(bad);
        assertThat(client.awaitClose(V1Client.PATIENCE)).isEqualTo(NOT_AUTHENTICATED);
      }
    }
  }

  @Test
  void an_invalid_token_at_the_upgrade_closes_the_socket() {
    try (V1Client client = V1Client.open(suite.gatewayA(), "?token=rubbish", Map.of(), List.of())) {
      assertThat(client.awaitClose(V1Client.PATIENCE)).isEqualTo(NOT_AUTHENTICATED);
    }
  }

  @Test
  void another_first_frame_closes_the_socket() {
    try (V1Client client = V1Client.open(suite.gatewayA(), "", Map.of(), List.of())) {
      client.send("ping", Map.of());
      assertThat(client.awaitClose(V1Client.PATIENCE)).isEqualTo(NOT_AUTHENTICATED);
    }
  }

  @Test
  void silence_closes_the_socket_after_ten_seconds() {
    long before = System.nanoTime();
    try (V1Client client = V1Client.open(suite.gatewayA(), "", Map.of(), List.of())) {
      assertThat(client.awaitClose(Duration.ofSeconds(15))).isEqualTo(NOT_AUTHENTICATED);
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(13));
    }
  }

  @Test
  void a_new_token_is_taken_on_the_open_socket() {
    Person anna = suite.newPerson();
    String room = suite.rest().room(anna);
    try (V1Client client = suite.connect(suite.gatewayA(), anna)) {
      client.join(room);
      Person renewed = suite.rest().refresh(anna);
      client.authenticate(renewed.accessToken());
      client.awaitFrame(
          "a second auth_success",
          frame -> frame.is("auth_success") && frame.index() > 0,
          V1Client.PATIENCE);
      client.sayAndAwaitAck(room, "still here");
      assertThat(suite.history(renewed, room).messages()).hasSize(1);
    }
  }

  @Test
  void a_refresh_token_is_good_for_one_use() {
    Person anna = suite.newPerson();
    suite.rest().refresh(anna);
    suite
        .rest()
        .anonymous()
        .body(Map.of("refresh_token", anna.refreshToken()))
        .post("/api/v1/auth/refresh")
        .then()
        .statusCode(401);
  }

  @Test
  void signing_out_closes_the_sockets_of_that_session_only() {
    Person phone = suite.newPerson();
    Person laptop = suite.rest().login(phone);
    try (V1Client phoneA = suite.connect(suite.gatewayA(), phone);
        V1Client phoneB = suite.connect(suite.gatewayB(), phone);
        V1Client laptopB = suite.connect(suite.gatewayB(), laptop)) {
      suite.rest().as(phone).post("/api/v1/auth/logout").then().statusCode(204);

      assertThat(phoneA.awaitClose(V1Client.PATIENCE)).isEqualTo(SESSION_REVOKED);
      assertThat(phoneB.awaitClose(V1Client.PATIENCE)).isEqualTo(SESSION_REVOKED);
      laptopB.send("ping", Map.of());
      laptopB.awaitFrame("pong", frame -> frame.is("pong"), V1Client.PATIENCE);

      try (V1Client again = V1Client.open(suite.gatewayA(), "", Map.of(), List.of())) {
        again.authenticate(phone.accessToken());
        assertThat(again.awaitClose(V1Client.PATIENCE)).isIn(NOT_AUTHENTICATED, SESSION_REVOKED);
      }
    }
  }

  @Test
  void wrong_passwords_and_bad_registrations_are_explained() {
    Person anna = suite.newPerson();
    Rest rest = suite.rest();
    rest.anonymous()
        .body(Map.of("username", anna.name(), "password", "wrong-password"))
        .post("/api/v1/auth/login")
        .then()
        .statusCode(401)
        .contentType("application/problem+json");
    rest.anonymous()
        .body(Map.of("username", "", "email", "no-address", "password", "x"))
        .post("/api/v1/auth/register")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", Matchers.equalTo("INVALID_VALUE"))
        .body("field", Matchers.notNullValue());
    rest.anonymous()
        .body(
            Map.of(
                "username", anna.name(),
                "email", "second-" + anna.name() + "@example.org",
                "password", anna.password()))
        .post("/api/v1/auth/register")
        .then()
        .statusCode(409);
  }
}

package dev.confab.gateway.dialog;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.gateway.Neighbours;
import dev.confab.gateway.connection.SocketClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** Visitors are bounded by where they come from. */
@QuarkusTest
@TestProfile(VisitorLimitsIT.Narrow.class)
@QuarkusTestResource(value = Neighbours.class, restrictToAnnotatedClass = true)
class VisitorLimitsIT {
  /** Little is allowed, for long. */
  public static class Narrow implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "confab.proxy.trust-forwarded", "true",
          "confab.visitors.dialogs-per-address.count", "2",
          "confab.visitors.dialogs-per-origin.count", "3",
          "confab.visitors.messages-per-address.count", "2");
    }
  }

  private static ValidatableResponse post(String path, String address, String origin, String body) {
    return given()
        .contentType("application/json")
        .header("X-Forwarded-For", "6.6.6.6, " + address)
        .header("Origin", origin)
        .body(body)
        .post(path)
        .then();
  }

  private static ValidatableResponse begin(String path, String address, String origin) {
    return post(path, address, origin, "{\"assistant_id\":\"a\"}");
  }

  private static void isTooMany(ValidatableResponse answer) {
    answer
        .statusCode(429)
        .header("Retry-After", notNullValue())
        .body("code", equalTo("RATE_LIMITED"));
  }

  @Test
  void dialogsOfOneAddress() {
    begin("/api/widget/dialogs", "192.0.2.1", "https://one.example").statusCode(201);
    begin("/api/v1/support/dialogs", "192.0.2.1", "https://two.example").statusCode(200);
    isTooMany(begin("/api/widget/dialogs", "192.0.2.1", "https://three.example"));
    isTooMany(begin("/api/v1/support/dialogs", "192.0.2.1", "https://four.example"));
    begin("/api/widget/dialogs", "192.0.2.2", "https://one.example").statusCode(201);
  }

  @Test
  void dialogsOfOneOrigin() {
    for (int host = 1; host <= 3; host++) {
      begin("/api/widget/dialogs", "198.51.100." + host, "https://shop.example").statusCode(201);
    }
    isTooMany(begin("/api/widget/dialogs", "198.51.100.4", "https://shop.example"));
    begin("/api/widget/dialogs", "198.51.100.4", "https://other.example").statusCode(201);
  }

  @Test
  void messagesOfOneAddressOverSockets() throws IOException {
    int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    try (SocketClient widget =
        SocketClient.openAt(
            port, "/ws/widget/dialogs/d2?assistant_id=a", "X-Forwarded-For: 203.0.113.9")) {
      for (int sent = 1; sent <= 3; sent++) {
        widget.send("{\"text\":\"hi\",\"client_id\":\"k" + sent + "\"}");
      }
      JsonNode error = widget.next("error");
      assertThat(error.path("code").asText()).isEqualTo("RATE_LIMITED");
      assertThat(error.path("client_id").asText()).isEqualTo("k3");
    }
  }

  @Test
  void messagesOfOneAddress() {
    String messages = "/api/widget/dialogs/d1/messages";
    for (int sent = 0; sent < 2; sent++) {
      post(messages, "203.0.113.1", "https://shop.example", "{\"text\":\"hi\"}").statusCode(200);
    }
    isTooMany(post(messages, "203.0.113.1", "https://shop.example", "{\"text\":\"hi\"}"));
    post(messages, "203.0.113.2", "https://shop.example", "{\"text\":\"hi\"}").statusCode(200);
  }
}

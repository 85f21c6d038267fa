package dev.confab.gateway.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.confab.contracts.Topics;
import dev.confab.gateway.Neighbours;
import dev.confab.gateway.connection.SocketClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class RevocationIT {
  private final String user = UUID.randomUUID().toString();
  private final String session = UUID.randomUUID().toString();
  @Inject SecurityConfig config;
  @Inject Revocations revocations;

  private static int port() {
    return ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
  }

  private void revoke() {
    String event =
        """
        {"type":"session_revoked","session_id":"%s","user_id":"%s","expires_at":"%s"}"""
            .formatted(session, user, Instant.now().plusSeconds(60));
    Map<String, Object> settings = Map.of("bootstrap.servers", config.kafka());
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(Topics.AUTH_EVENTS, session, event));
    }
  }

  @Test
  void aRevokedSessionIsShutOut() throws Exception {
    String token = TestIssuer.known().token(user, session, 600);
    try (SocketClient client = SocketClient.authenticated(port(), token)) {
      revoke();
      assertThat(client.closeCode()).isEqualTo(4003);
    }
    await().atMost(Duration.ofSeconds(5)).until(() -> revocations.isRevoked(session));
    try (SocketClient client = SocketClient.open(port(), "Authorization: Bearer " + token)) {
      assertThat(client.closeCode()).isEqualTo(4003);
    }
    given()
        .header("Authorization", "Bearer " + token)
        .get("/api/v1/conversations")
        .then()
        .statusCode(401)
        .body("code", equalTo("AUTH_REQUIRED"));
    given()
        .header("Authorization", "Bearer " + token)
        .post("/api/v1/auth/login")
        .then()
        .statusCode(200);
  }
}

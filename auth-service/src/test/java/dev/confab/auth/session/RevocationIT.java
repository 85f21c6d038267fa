package dev.confab.auth.session;

import static dev.confab.auth.RunningAuth.AUTH;
import static dev.confab.auth.RunningAuth.accessToken;
import static dev.confab.auth.RunningAuth.as;
import static dev.confab.auth.RunningAuth.newName;
import static dev.confab.auth.RunningAuth.register;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.auth.AuthConfig;
import dev.confab.auth.RunningAuth;
import dev.confab.contracts.Topics;
import dev.confab.contracts.auth.SessionEvent;
import dev.confab.contracts.auth.SessionEvent.SessionRevoked;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads the topic as every gateway does: all of it, from its beginning. */
@QuarkusTest
@TestProfile(RunningAuth.Profile.class)
class RevocationIT {
  private static final TopicPartition PARTITION = new TopicPartition(Topics.AUTH_EVENTS, 0);

  @Inject AuthConfig config;
  @Inject ObjectMapper json;

  private final Map<String, String> latest = new HashMap<>();
  private KafkaConsumer<String, String> reader;

  @BeforeEach
  void open() {
    reader =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", config.kafka().bootstrapServers()),
            new StringDeserializer(),
            new StringDeserializer());
    reader.assign(List.of(PARTITION));
    reader.seekToBeginning(List.of(PARTITION));
  }

  @AfterEach
  void close() {
    reader.close();
  }

  @Test
  void theEndOfASessionIsAnnounced() {
    var signedIn = register(newName());
    var session = SessionIT.sessionId(signedIn).toString();
    String user = signedIn.extract().path("user.id");

    as(accessToken(signedIn)).post(AUTH + "logout").then().statusCode(204);

    await().atMost(Duration.ofSeconds(15)).until(() -> read().containsKey(session));
    assertThat(event(latest.get(session)))
        .isInstanceOfSatisfying(
            SessionRevoked.class,
            revoked -> {
              assertThat(revoked.sessionId()).isEqualTo(session);
              assertThat(revoked.userId()).isEqualTo(user);
              assertThat(revoked.expiresAt()).isInTheFuture();
            });
  }

  private Map<String, String> read() {
    reader.poll(Duration.ofMillis(100)).forEach(record -> latest.put(record.key(), record.value()));
    return latest;
  }

  private SessionEvent event(String value) {
    try {
      return json.readValue(value, SessionEvent.class);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}

package dev.confab.auth.profile;

import static dev.confab.auth.RunningAuth.AUTH;
import static dev.confab.auth.RunningAuth.accessToken;
import static dev.confab.auth.RunningAuth.as;
import static dev.confab.auth.RunningAuth.newName;
import static dev.confab.auth.RunningAuth.register;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.auth.AuthConfig;
import dev.confab.auth.RunningAuth;
import dev.confab.contracts.Topics;
import dev.confab.contracts.auth.UserEvent;
import dev.confab.contracts.auth.UserEvent.DefaultModelChosen;
import dev.confab.contracts.auth.UserEvent.PresenceChosen;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** What users choose is told to whom it concerns. */
@QuarkusTest
@TestProfile(RunningAuth.Profile.class)
class DefaultModelIT {
  private static final TopicPartition PARTITION = new TopicPartition(Topics.AUTH_USERS, 0);

  @Inject AuthConfig config;
  @Inject ObjectMapper json;

  @Test
  void everyChoiceIsAnnouncedInItsOrder() {
    var signedIn = register(newName());
    String user = signedIn.extract().path("user.id");
    choose(accessToken(signedIn), "\"small\"", 200);
    choose(accessToken(signedIn), "null", 200);
    choose(accessToken(signedIn), "\"bad\\u0000name\"", 400);

    List<String> chosen = new ArrayList<>();
    try (var reader = reader()) {
      await()
          .atMost(Duration.ofSeconds(15))
          .until(
              () -> {
                reader
                    .poll(Duration.ofMillis(100))
                    .forEach(
                        each -> {
                          if (user.equals(each.key())) {
                            chosen.add(model(each.value()));
                          }
                        });
                return chosen.containsAll(Arrays.asList("small", null));
              });
    }
  }

  @Test
  void theWishToCountAsOfflineIsAnnouncedUnderAKeyOfItsOwn() {
    var signedIn = register(newName());
    String user = signedIn.extract().path("user.id");
    for (String presence : List.of("offline", "auto")) {
      as(accessToken(signedIn))
          .contentType(ContentType.JSON)
          .body("{\"presence\":\"%s\"}".formatted(presence))
          .patch(AUTH + "me")
          .then()
          .statusCode(200);
    }
    List<Boolean> wishes = new ArrayList<>();
    try (var reader = reader()) {
      await()
          .atMost(Duration.ofSeconds(15))
          .until(
              () -> {
                for (var each : reader.poll(Duration.ofMillis(100))) {
                  if ((user + ":presence").equals(each.key())) {
                    wishes.add(((PresenceChosen) event(each.value())).offline());
                  }
                }
                return wishes.equals(List.of(true, false));
              });
    }
  }

  private static void choose(String token, String model, int status) {
    as(token)
        .contentType(ContentType.JSON)
        .body("{\"default_model\":%s}".formatted(model))
        .patch(AUTH + "me")
        .then()
        .statusCode(status);
  }

  private KafkaConsumer<String, String> reader() {
    var reader =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", config.kafka().bootstrapServers()),
            new StringDeserializer(),
            new StringDeserializer());
    reader.assign(List.of(PARTITION));
    reader.seekToBeginning(List.of(PARTITION));
    return reader;
  }

  private String model(String value) {
    return ((DefaultModelChosen) event(value)).defaultModel();
  }

  private UserEvent event(String value) {
    try {
      return json.readValue(value, UserEvent.class);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}

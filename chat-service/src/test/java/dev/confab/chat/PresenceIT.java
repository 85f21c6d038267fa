package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.Api.Person;
import dev.confab.chat.presence.Presence;
import dev.confab.contracts.Topics;
import dev.confab.contracts.auth.UserEvent;
import dev.confab.contracts.auth.UserEvent.PresenceChosen;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is there, as chat-service reads it. */
@QuarkusTest
@QuarkusTestResource(TestTokens.class)
class PresenceIT {
  @Inject ObjectMapper json;
  @Inject ChatConfig config;
  @Inject RedisDataSource redis;
  @Inject Presence presence;

  private final Person ada = Person.any("Ada");
  private final Person bob = Person.any("Bob");
  private final Person eve = Person.any("Eve");
  private Gateways gateways;

  @BeforeEach
  void connect() {
    gateways = new Gateways(redis);
  }

  private boolean isOffline(Person who) {
    return presence.knownOffline(List.of(who.id().toString())).contains(who.id().toString());
  }

  @Test
  void whatIsUnknownCountsAsOnline() {
    assertThat(isOffline(bob)).isTrue();
    gateways.online(bob);
    assertThat(isOffline(bob)).isFalse();
    gateways.offline(bob, 5_000);
    assertThat(presence.states(List.of(bob.id().toString())).get(bob.id().toString()).lastSeenAt())
        .isEqualTo(Instant.ofEpochMilli(5_000));
    gateways.lost(Long.toString(System.currentTimeMillis() + 60_000));
    assertThat(isOffline(bob)).isFalse();
    gateways.unknown();
    assertThat(isOffline(bob)).isFalse();
    gateways.believed();
    assertThat(isOffline(bob)).isTrue();
  }

  @Test
  void onlyThoseWithWhomOneTalksAreShown() {
    new Api(json).create(ada, "room", bob);
    gateways.online(bob);
    gateways.online(eve);
    String path = "/api/v1/presence?user_ids=" + bob.id() + "," + eve.id();
    new Api(json)
        .as(ada, "GET", path, null)
        .then()
        .statusCode(200)
        .body("items", hasSize(1))
        .body("items[0].user_id", equalTo(bob.id().toString()))
        .body("items[0].status", equalTo("online"))
        .body("items[0].last_seen_at", nullValue());
    new Api(json).as(eve, "GET", path, null).then().body("items.user_id", hasSize(1));
    gateways.unknown();
    new Api(json).as(ada, "GET", path, null).then().body("items", empty());
    new Api(json).as(ada, "GET", "/api/v1/presence", null).then().statusCode(400);
  }

  @Test
  void whoWantsToCountAsOfflineDoesAndARedisThatLostItIsToldAgain() throws Exception {
    createTopic();
    gateways.online(ada);
    gateways.online(bob);
    try (KafkaPeer<UserEvent> users =
        new KafkaPeer<>(
            config.kafka().bootstrapServers(), Topics.AUTH_USERS, UserEvent.class, json)) {
      users.write(id(bob), new PresenceChosen(id(bob), true, Instant.now()));
      await().until(() -> isOffline(bob));
      assertThat(isOffline(ada)).isFalse();
      gateways.lost("2");
      gateways.online(bob);
      await().until(() -> isOffline(bob));
      users.write(id(bob), new PresenceChosen(id(bob), true, Instant.now().minusSeconds(60)));
      users.write(id(bob), new PresenceChosen(id(bob), false, Instant.now()));
      await().until(() -> !isOffline(bob));
    }
  }

  private void createTopic() throws InterruptedException {
    try (AdminClient admin =
        AdminClient.create(Map.of("bootstrap.servers", config.kafka().bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(Topics.AUTH_USERS, 1, (short) 1))).all().get();
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(TopicExistsException.class);
    }
  }

  private static String id(Person who) {
    return who.id().toString();
  }
}

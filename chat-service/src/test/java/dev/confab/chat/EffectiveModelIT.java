package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.Api.Person;
import dev.confab.chat.ModelScript.Report;
import dev.confab.contracts.Topics;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.auth.UserEvent;
import dev.confab.contracts.auth.UserEvent.DefaultModelChosen;
import io.agroal.api.AgroalDataSource;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which model answers: the conversation's, else the user's default, else the system's. */
@QuarkusTest
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(value = ModelServer.class, restrictToAnnotatedClass = true)
class EffectiveModelIT {
  private static final String CONVERSATIONS = "/api/v1/conversations";

  @Inject ObjectMapper json;
  @Inject ChatConfig config;
  @Inject RedisDataSource redis;
  @Inject AgroalDataSource dataSource;

  private final Person ada = Person.any("Ada");
  private Api api;
  private ModelScript script;
  private ReplyStage stage;
  private KafkaPeer<UserEvent> users;

  @BeforeAll
  static void makeTopic() throws InterruptedException {
    // It is auth-service's to make.
    String kafka = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      admin.createTopics(List.of(new NewTopic(Topics.AUTH_USERS, 1, (short) 1))).all().get();
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(TopicExistsException.class);
    }
  }

  @BeforeEach
  void connect() {
    api = new Api(json);
    stage = new ReplyStage(config.kafka().bootstrapServers(), json, redis);
    users =
        new KafkaPeer<>(
            config.kafka().bootstrapServers(), Topics.AUTH_USERS, UserEvent.class, json);
    script = new ModelScript(config);
    script.now(new Report().provider("one", "up", true, "usual", "chosen", "special"));
    await()
        .until(() -> api.as(ada, "GET", "/api/v1/models", null).path("items.id"), hasItem("usual"));
  }

  @AfterEach
  void disconnect() throws SQLException {
    script.down();
    ModelScript.forgetAll(dataSource);
    users.close();
    stage.close();
  }

  private void choose(String model, Instant at) {
    String user = ada.id().toString();
    users.write(user, new DefaultModelChosen(user, model, at));
  }

  private void awaitChoice(String model) {
    await().until(() -> Objects.equals(stored(), model));
  }

  private String stored() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT default_model FROM user_settings WHERE user_id = ?")) {
      query.setString(1, ada.id().toString());
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? rows.getString(1) : "nothing";
      }
    }
  }

  /** The model that is asked to answer in a new conversation. */
  private String answering(Map<String, Object> settings) {
    String chat =
        api.as(ada, "POST", CONVERSATIONS, Map.of("kind", "assistant", "settings", settings))
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    api.commands(Api.say(ada, chat, UUID.randomUUID().toString(), "hello"));
    CompletionRequested request = stage.request(chat);
    return request.settings().model();
  }

  @Test
  void theNarrowestChoiceCounts() {
    assertThat(answering(Map.of())).isNull();

    choose("chosen", Instant.now());
    awaitChoice("chosen");
    assertThat(answering(Map.of())).isEqualTo("chosen");
    assertThat(answering(Map.of("model", "special"))).isEqualTo("special");

    choose("late", Instant.now().minusSeconds(60));
    choose("unknown", Instant.now());
    awaitChoice("unknown");
    assertThat(answering(Map.of())).isNull();

    choose(null, Instant.now());
    awaitChoice(null);
    assertThat(answering(Map.of())).isNull();
  }
}

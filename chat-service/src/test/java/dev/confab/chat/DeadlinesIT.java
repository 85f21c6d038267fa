package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.Api.Person;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.chat.ChatEvent.MessageAdded;
import dev.confab.contracts.chat.ChatEvent.ReplyEnded;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestTokens.class)
@TestProfile(DeadlinesIT.Hasty.class)
class DeadlinesIT {
  /** Deadlines that a test can wait for. */
  public static class Hasty implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "confab.chat.replies.begin-within", "2s",
          "confab.chat.replies.begin-tolerance", "2s",
          "confab.chat.replies.mark-begun-after", "200ms",
          "confab.chat.replies.look-every", "200ms",
          "confab.chat.replies.end-within", "8s");
    }
  }

  @Inject ObjectMapper json;
  @Inject ChatConfig config;
  @Inject RedisDataSource redis;

  private final Person ada = Person.any("Ada");
  private Api api;
  private ReplyStage stage;

  @BeforeEach
  void connect() {
    api = new Api(json);
    stage = new ReplyStage(config.kafka().bootstrapServers(), json, redis);
  }

  @AfterEach
  void disconnect() {
    stage.close();
  }

  @Test
  void whatNobodyBeginsIsDeclinedAndTheQueueGoesOn() {
    String chat = api.create(ada, "assistant");
    api.commands(Api.say(ada, chat, "m1", "anybody?"));
    CompletionRequested request = stage.request(chat);

    ReplyEnded ended = stage.event(chat, ReplyEnded.class);

    assertThat(ended.message().id()).isEqualTo(request.messageId());
    assertThat(ended.message().kind()).isEqualTo("fallback");
    assertThat(ended.message().status()).isEqualTo("failed");
    assertThat(api.changes(chat, "").running()).isNull();
  }

  @Test
  void aTurnThatWaitsTooLongIsDeclinedWhileTheRunningOneGoesOnUntilItsOwnEnd() {
    String chat = api.create(ada, "assistant");
    api.commands(Api.say(ada, chat, "m1", "a long story"));
    String second =
        api.commands(Api.say(ada, chat, "m2", "and?")).get(0).at("/message/id").asText();
    stage.begin(stage.request(chat), "Once");

    MessageAdded declined =
        stage.event(chat, MessageAdded.class, e -> "fallback".equals(e.message().kind()));
    boolean stillRunning = api.changes(chat, "").running() != null;
    ReplyEnded overdue = stage.event(chat, ReplyEnded.class);

    assertThat(declined.message().replyTo()).isEqualTo(second);
    assertThat(declined.message().status()).isEqualTo("failed");
    assertThat(stillRunning).isTrue();
    assertThat(overdue.message().content()).isEqualTo("Once");
    assertThat(overdue.message().status()).isEqualTo("interrupted");
  }
}

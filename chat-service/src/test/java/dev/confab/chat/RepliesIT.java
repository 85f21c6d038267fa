package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.Api.Person;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.ai.CompletionRequested.Turn;
import dev.confab.contracts.ai.ReplyRecord.ReplyStarted;
import dev.confab.contracts.chat.ChatCommand.DeleteMessage;
import dev.confab.contracts.chat.ChatCommand.EditMessage;
import dev.confab.contracts.chat.ChatCommand.RequestReply;
import dev.confab.contracts.chat.ChatCommand.StopReply;
import dev.confab.contracts.chat.ChatEvent.CommandAccepted;
import dev.confab.contracts.chat.ChatEvent.ConversationChanged;
import dev.confab.contracts.chat.ChatEvent.MessageChanged;
import dev.confab.contracts.chat.ChatEvent.ReplyEnded;
import dev.confab.contracts.chat.ChatEvent.ReplyOpened;
import dev.confab.contracts.chat.Message;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestTokens.class)
class RepliesIT {
  @Inject ObjectMapper json;
  @Inject ChatConfig config;
  @Inject RedisDataSource redis;

  private final Person ada = Person.any("Ada");
  private final Person bob = Person.any("Bob");
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

  private String say(String conversation, String clientId, String content) {
    return api.commands(Api.say(ada, conversation, clientId, content))
        .get(0)
        .at("/message/id")
        .asText();
  }

  private StopReply stop(String conversation, String message) {
    return new StopReply(
        UUID.randomUUID().toString(), conversation, ada.actor(), Api.ORIGIN, message);
  }

  @Test
  void aTurnIsAnswered() {
    String chat = api.create(ada, "assistant");
    String turn = say(chat, "m1", "hello");

    ReplyOpened opened = stage.event(chat, ReplyOpened.class);
    CompletionRequested request = stage.request(chat);
    var running = api.changes(chat, "after_seq=0");
    stage.begin(request, "Hi \uD83D\uDE00");
    stage.complete(request, stage.runner, 5, "stop");
    ReplyEnded ended = stage.event(chat, ReplyEnded.class);

    assertThat(opened.seq()).isEqualTo(3);
    assertThat(opened.reply().replyTo()).isEqualTo(turn);
    assertThat(opened.reply().assistantId()).isEqualTo("default");
    assertThat(request.attempt()).isEqualTo(1);
    assertThat(request.turns()).containsExactly(new Turn("user", null, "hello"));
    assertThat(running.running()).isEqualTo(opened.reply());
    assertThat(running.messages()).extracting(Message::id).containsExactly(turn);
    assertThat(running.upTo()).isEqualTo(3);
    assertThat(ended.seq()).isEqualTo(4);
    assertThat(ended.message().seq()).isEqualTo(3);
    assertThat(ended.message().content()).isEqualTo("Hi \uD83D\uDE00");
    assertThat(ended.message().status()).isEqualTo("complete");
    assertThat(ended.message().finishReason()).isEqualTo("stop");
    assertThat(ended.message().usage().totalTokens()).isEqualTo(7);
    assertThat(ended.message().model()).isEqualTo("model-1");
    assertThat(ended.message().replyTo()).isEqualTo(turn);
    var after = api.changes(chat, "after_seq=3");
    assertThat(after.running()).isNull();
    assertThat(after.messages()).containsExactly(ended.message());
  }

  @Test
  void aStopKeepsWhatWasSaidAndIsAnsweredAfterIt() {
    String chat = api.create(ada, "assistant");
    say(chat, "m1", "tell me a story");
    CompletionRequested request = stage.request(chat);
    stage.begin(request, "Once upon");
    StopReply stop = stop(chat, request.messageId());

    List<JsonNode> outcomes = api.commands(stop);
    ReplyEnded ended = stage.event(chat, ReplyEnded.class);
    CommandAccepted accepted = stage.event(chat, CommandAccepted.class);

    assertThat(outcomes).isEmpty();
    assertThat(ended.message().content()).isEqualTo("Once upon");
    assertThat(ended.message().status()).isEqualTo("stopped");
    assertThat(ended.message().finishReason()).isEqualTo("stopped");
    assertThat(accepted.commandId()).isEqualTo(stop.commandId());
    assertThat(accepted.origin()).isEqualTo(Api.ORIGIN);
    assertThat(api.commands(stop).get(0).path("type").asText()).isEqualTo("command_accepted");
    assertThat(api.commands(stop(chat, request.messageId())).get(0).path("type").asText())
        .isEqualTo("command_accepted");
  }

  @Test
  void aStopBeforeTheFirstTokenNamesTheTurn() {
    String chat = api.create(ada, "assistant");
    String turn = say(chat, "m1", "hello");
    CompletionRequested request = stage.request(chat);

    api.commands(stop(chat, turn));
    ReplyEnded ended = stage.event(chat, ReplyEnded.class);
    stage.begin(request, "too late");

    assertThat(ended.message().content()).isEmpty();
    assertThat(ended.message().status()).isEqualTo("stopped");
    stage.event(chat, CommandAccepted.class);
    assertThat(api.commands(stop(chat, UUID.randomUUID().toString())).get(0).path("code").asText())
        .isEqualTo("NOT_FOUND");
  }

  @Test
  void aDeadRunnersReplyIsContinuedByAnother() {
    String chat = api.create(ada, "assistant");
    say(chat, "m1", "count");
    CompletionRequested first = stage.request(chat);
    String dying = "runner-" + UUID.randomUUID();
    stage.live(dying);
    stage.begin(first, dying, "one, two");
    stage.die(dying);

    CompletionRequested second = stage.request(chat, r -> r.attempt() == 2);
    stage.begin(first, dying, " no more");
    stage.begin(second, ", three");
    stage.complete(second, stage.runner, 15, "stop");
    ReplyEnded ended = stage.event(chat, ReplyEnded.class);

    assertThat(second.messageId()).isEqualTo(first.messageId());
    assertThat(second.textSoFar()).isEqualTo("one, two");
    assertThat(second.turns()).isEqualTo(first.turns());
    assertThat(ended.message().content()).isEqualTo("one, two, three");
    assertThat(ended.message().status()).isEqualTo("complete");
  }

  @Test
  void turnsAreAnsweredOneByOne() {
    String chat = api.create(ada, "assistant");
    say(chat, "m1", "first");
    String second = say(chat, "m2", "second");
    String third = say(chat, "m3", "third");
    CompletionRequested one = stage.request(chat);

    JsonNode withdrawn = api.commands(stop(chat, third)).get(0);
    stage.begin(one, "ONE");
    stage.complete(one, stage.runner, 3, "stop");
    CompletionRequested two = stage.request(chat, r -> !r.messageId().equals(one.messageId()));
    stage.begin(two, "TWO");
    stage.complete(two, stage.runner, 3, "length");
    ReplyEnded ended =
        stage.event(chat, ReplyEnded.class, e -> e.message().id().equals(two.messageId()));

    assertThat(withdrawn.path("type").asText()).isEqualTo("command_accepted");
    assertThat(two.turns())
        .containsExactly(
            new Turn("user", null, "first"),
            new Turn("assistant", null, "ONE"),
            new Turn("user", null, "second"));
    assertThat(ended.message().replyTo()).isEqualTo(second);
    assertThat(ended.message().finishReason()).isEqualTo("length");
    assertThat(api.changes(chat, "").running()).isNull();
    assertThat(stage.requests.seen().stream().filter(r -> r.conversationId().equals(chat)))
        .hasSize(2);
  }

  @Test
  void aFailureIsAnHonestFallbackAndLostTextIsInterrupted() {
    String chat = api.create(ada, "assistant");
    say(chat, "m1", "first");
    CompletionRequested one = stage.request(chat);
    stage.stream.write(chat, new ReplyStarted(chat, one.messageId(), 1, stage.runner));
    stage.complete(one, stage.runner, 0, "failed");
    ReplyEnded failed = stage.event(chat, ReplyEnded.class);
    say(chat, "m2", "second");
    CompletionRequested two = stage.request(chat, r -> !r.messageId().equals(one.messageId()));
    stage.begin(two, "half of");
    stage.complete(two, stage.runner, 99, "stop");
    ReplyEnded interrupted =
        stage.event(chat, ReplyEnded.class, e -> e.message().id().equals(two.messageId()));

    assertThat(failed.message().kind()).isEqualTo("fallback");
    assertThat(failed.message().status()).isEqualTo("failed");
    assertThat(failed.message().finishReason()).isEqualTo("failed");
    assertThat(failed.message().content()).startsWith("The assistant could not answer");
    assertThat(two.turns())
        .containsExactly(new Turn("user", null, "first"), new Turn("user", null, "second"));
    assertThat(interrupted.message().content()).isEqualTo("half of");
    assertThat(interrupted.message().status()).isEqualTo("interrupted");
  }

  @Test
  void deletingARunningReplyStoresItFirst() {
    String chat = api.create(ada, "assistant");
    say(chat, "m1", "hello");
    CompletionRequested request = stage.request(chat);
    stage.begin(request, "Hi");
    String reply = request.messageId();
    var edit =
        new EditMessage(UUID.randomUUID().toString(), chat, ada.actor(), Api.ORIGIN, reply, "x");
    var delete =
        new DeleteMessage(UUID.randomUUID().toString(), chat, ada.actor(), Api.ORIGIN, reply);

    assertThat(api.commands(edit).get(0).path("code").asText()).isEqualTo("CONFLICT");
    api.commands(delete);
    ReplyEnded ended = stage.event(chat, ReplyEnded.class);
    MessageChanged deleted = stage.event(chat, MessageChanged.class);

    assertThat(ended.message().content()).isEqualTo("Hi");
    assertThat(deleted.seq()).isEqualTo(ended.seq() + 1);
    assertThat(deleted.message().status()).isEqualTo("deleted");
    assertThat(deleted.commandId()).isEqualTo(delete.commandId());
    assertThat(deleted.origin()).isEqualTo(Api.ORIGIN);
  }

  @Test
  void closingWaitsForTheFenceOfARunningReply() {
    String chat = api.create(ada, "assistant");
    say(chat, "m1", "hello");
    CompletionRequested request = stage.request(chat);
    stage.begin(request, "Hi");

    api.as(ada, "DELETE", "/api/v1/conversations/" + chat, null).then().statusCode(204);

    ReplyEnded ended = stage.event(chat, ReplyEnded.class);
    ConversationChanged closed =
        stage.event(chat, ConversationChanged.class, e -> !e.conversation().isActive());
    assertThat(closed.seq()).isEqualTo(ended.seq() + 1);
    assertThat(api.commands(Api.say(ada, chat, "m2", "still there?")).get(0).path("code").asText())
        .isEqualTo("CONVERSATION_CLOSED");
    api.as(ada, "POST", "/api/v1/conversations/" + chat + "/restore", null).then().statusCode(200);
    assertThat(api.commands(Api.say(ada, chat, "m3", "back")).get(0).path("type").asText())
        .isEqualTo("message_added");
  }

  @Test
  void inARoomTheAssistantAnswersWhenCalled() {
    String room = api.create(ada, "room", bob);
    say(room, "m1", "hello Bob");
    String turn =
        api.commands(Api.say(bob, room, "m2", "Hey AI, what is a room?"))
            .get(0)
            .at("/message/id")
            .asText();

    CompletionRequested request = stage.request(room);

    assertThat(request.turns())
        .containsExactly(
            new Turn("user", "Ada", "hello Bob"),
            new Turn("user", "Bob", "Hey AI, what is a room?"));
    assertThat(stage.event(room, ReplyOpened.class).reply().replyTo()).isEqualTo(turn);
    await()
        .until(
            () -> stage.events(room).stream().filter(ReplyOpened.class::isInstance).count() == 1);
  }

  @Test
  void askingAgainAttachesWhileAReplyRunsAndThenRegenerates() {
    String chat = api.create(ada, "assistant");
    String turn = say(chat, "m1", "hello");
    CompletionRequested first = stage.request(chat);

    JsonNode attached = api.commands(request(chat, turn, null)).get(0);
    stage.begin(first, "Hi");
    stage.complete(first, stage.runner, 2, "stop");
    stage.event(chat, ReplyEnded.class);
    JsonNode again = api.commands(request(chat, turn, "model-9")).get(0);
    CompletionRequested second = stage.request(chat, r -> !r.messageId().equals(first.messageId()));

    assertThat(attached.path("message_id").asText()).isEqualTo(first.messageId());
    assertThat(again.path("message_id").asText()).isEqualTo(second.messageId());
    assertThat(second.turns()).containsExactly(new Turn("user", null, "hello"));
    assertThat(second.assistantId()).isEqualTo("model-9");
    assertThat(second.settings().model()).isEqualTo("model-9");
  }

  private RequestReply request(String conversation, String message, String assistant) {
    return new RequestReply(
        UUID.randomUUID().toString(), conversation, ada.actor(), Api.ORIGIN, message, assistant);
  }
}

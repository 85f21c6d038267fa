package dev.confab.chat;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.Api.Person;
import dev.confab.contracts.Topics;
import dev.confab.contracts.chat.ChatCommand;
import dev.confab.contracts.chat.ChatCommand.DeleteMessage;
import dev.confab.contracts.chat.ChatCommand.EditMessage;
import dev.confab.contracts.chat.ChatCommand.MarkRead;
import dev.confab.contracts.chat.ChatCommand.SendMessage;
import dev.confab.contracts.chat.ChatEvent;
import dev.confab.contracts.chat.ChatEvent.CommandRejected;
import dev.confab.contracts.chat.ChatEvent.MessageAdded;
import dev.confab.contracts.chat.ChatEvent.Numbered;
import dev.confab.contracts.chat.Message;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestTokens.class)
class CommandsIT {
  @Inject ObjectMapper json;
  @Inject ChatConfig config;
  @Inject AgroalDataSource dataSource;

  private final Person ada = Person.any("Ada");
  private final Person bob = Person.any("Bob");
  private Api api;
  private KafkaPeer<ChatEvent> events;
  private KafkaPeer<ChatCommand> commands;

  @BeforeEach
  void connect() {
    api = new Api(json);
    String bootstrap = config.kafka().bootstrapServers();
    events = new KafkaPeer<>(bootstrap, Topics.CHAT_EVENTS, ChatEvent.class, json);
    commands = new KafkaPeer<>(bootstrap, Topics.CHAT_COMMANDS, ChatCommand.class, json);
  }

  @AfterEach
  void disconnect() {
    events.close();
    commands.close();
  }

  @Test
  void aMessageByKafkaIsStoredAndTold() {
    String room = api.create(ada, "room", bob);
    SendMessage hello = Api.say(ada, room, "m1", "hello \uD83D\uDE00");

    commands.write(room, hello);

    MessageAdded added = await().until(() -> added(room), e -> e != null);
    assertThat(added.commandId()).isEqualTo(hello.commandId());
    assertThat(added.origin()).isEqualTo(Api.ORIGIN);
    assertThat(added.seq()).isEqualTo(2);
    assertThat(added.participants())
        .containsExactlyInAnyOrder(ada.id().toString(), bob.id().toString());
    assertThat(added.message().content()).isEqualTo("hello \uD83D\uDE00");
    assertThat(added.message().clientId()).isEqualTo("m1");
    assertThat(api.changes(room, "after_seq=0").messages()).containsExactly(added.message());
  }

  private MessageAdded added(String conversation) {
    return of(conversation)
        .filter(MessageAdded.class::isInstance)
        .map(MessageAdded.class::cast)
        .findFirst()
        .orElse(null);
  }

  private Stream<ChatEvent> of(String conversation) {
    return events.seen().stream().filter(e -> e.conversationId().equals(conversation));
  }

  @Test
  void aRepeatChangesNothingAndRepeatsItsOutcomeBothWays() {
    String room = api.create(ada, "room");
    SendMessage hello = Api.say(ada, room, "m1", "hello");

    JsonNode first = api.commands(hello).get(0);
    JsonNode again = api.commands(hello).get(0);
    commands.write(room, hello);

    assertThat(first.path("type").asText()).isEqualTo("message_added");
    assertThat(again.path("message")).isEqualTo(first.path("message"));
    await().until(() -> of(room).filter(MessageAdded.class::isInstance).count() == 2);
    assertThat(api.changes(room, "after_seq=0").messages()).hasSize(1);
  }

  @Test
  void refusalsAreRepeatedEvenIfTheReasonIsGone() {
    String room = api.create(ada, "room");
    SendMessage early = Api.say(bob, room, "m1", "may I?");

    JsonNode refused = api.commands(early).get(0);
    api.as(
            ada,
            "POST",
            "/api/v1/conversations/" + room + "/participants",
            java.util.Map.of("user_id", bob.id().toString()))
        .then()
        .statusCode(201);
    commands.write(room, early);

    assertThat(refused.path("code").asText()).isEqualTo("NOT_FOUND");
    await().until(() -> of(room).anyMatch(CommandRejected.class::isInstance));
    assertThat(api.changes(room, "after_seq=0").messages()).isEmpty();
    assertThat(api.commands(Api.say(bob, room, "m2", "hi")).get(0).path("type").asText())
        .isEqualTo("message_added");
  }

  @Test
  void contentHasLimits() {
    String room = api.create(ada, "room");

    List<JsonNode> outcomes =
        api.commands(
            Api.say(ada, room, "a", " \n"),
            Api.say(ada, room, "b", "x".repeat(16_001)),
            Api.say(ada, room, "c", "x".repeat(16_000)),
            Api.say(ada, room, "d", "nul\0inside"),
            Api.say(ada, UUID.randomUUID().toString(), "e", "nowhere"),
            Api.say(ada, "no-id", "f", "nowhere"));

    assertThat(outcomes.get(0).path("code").asText()).isEqualTo("EMPTY_MESSAGE");
    assertThat(outcomes.get(1).path("code").asText()).isEqualTo("MESSAGE_TOO_LONG");
    assertThat(outcomes.get(2).path("type").asText()).isEqualTo("message_added");
    assertThat(outcomes.get(3).path("message").path("content").asText())
        .isEqualTo("nul\uFFFDinside");
    assertThat(outcomes.get(4).path("code").asText()).isEqualTo("NOT_FOUND");
    assertThat(outcomes.get(5).path("code").asText()).isEqualTo("NOT_FOUND");
  }

  @Test
  void malformedRecordsHoldUpNothing() {
    String room = api.create(ada, "room");

    commands.writeRaw(room, "{\"type\":\"nonsense\"}".getBytes());
    commands.writeRaw(room, "not json".getBytes());
    commands.writeRaw(room, "{\"type\":\"send_message\"}".getBytes());
    commands.write(room, Api.say(ada, null, "m0", "nowhere"));
    commands.write(room, Api.say(ada, room, "m1", "after all"));

    await().until(() -> added(room) != null);
  }

  @Test
  void numbersHaveNoGapWhicheverWayMessagesCome() throws Exception {
    String room = api.create(ada, "room", bob);
    int each = 100;

    Thread byRequest =
        Thread.ofVirtual()
            .start(
                () ->
                    IntStream.range(0, each)
                        .forEach(i -> api.commands(Api.say(bob, room, "h" + i, "by request"))));
    for (int i = 0; i < each; i++) {
      commands.write(room, Api.say(ada, room, "k" + i, "by log"));
    }
    byRequest.join();

    await().until(() -> api.changes(room, "").conversation().lastSeq() == 2 * each + 1);
    List<Long> births =
        api.changes(room, "after_seq=0&limit=500").messages().stream().map(Message::seq).toList();
    assertThat(births)
        .containsExactlyElementsOf(LongStream.rangeClosed(2, 2 * each + 1).boxed().toList());
    await().until(() -> of(room).filter(Numbered.class::isInstance).count() == 2 * each + 1);
  }

  @Test
  void editsAndDeletionsAreChangesWithNumbers() {
    String room = api.create(ada, "room", bob);
    String id = api.commands(Api.say(ada, room, "m1", "frist")).get(0).at("/message/id").asText();
    api.commands(Api.say(ada, room, "m2", "other"));
    var byBob = new EditMessage(UUID.randomUUID().toString(), room, bob.actor(), null, id, "mine");
    var edit = new EditMessage(UUID.randomUUID().toString(), room, ada.actor(), null, id, "first");
    var delete = new DeleteMessage(UUID.randomUUID().toString(), room, ada.actor(), null, id);

    List<JsonNode> outcomes = api.commands(byBob, edit, edit, delete, edit);

    assertThat(outcomes.get(0).path("code").asText()).isEqualTo("FORBIDDEN");
    assertThat(outcomes.get(1).path("seq").asLong()).isEqualTo(4);
    assertThat(outcomes.get(2).path("seq").asLong()).isEqualTo(4);
    assertThat(outcomes.get(3).path("seq").asLong()).isEqualTo(5);
    assertThat(outcomes.get(4).path("seq").asLong()).isEqualTo(5);
    var changes = api.changes(room, "after_seq=0");
    assertThat(changes.messages()).extracting(Message::changedSeq).containsExactly(3L, 5L);
    assertThat(changes.messages().get(1).status()).isEqualTo("deleted");
    assertThat(changes.messages().get(1).content()).isNull();
    assertThat(changes.upTo()).isEqualTo(5);
  }

  @Test
  void readPositionsMoveForwardOnly() {
    String room = api.create(ada, "room", bob);
    for (int i = 0; i < 5; i++) {
      api.commands(Api.say(ada, room, "m" + i, "text " + i));
    }

    List<JsonNode> outcomes = api.commands(mark(room, 99), mark(room, 3));
    JsonNode back = api.commands(mark(room, 1)).get(0);
    api.commands(Api.say(ada, room, "m9", "news"));
    JsonNode same = api.commands(mark(room, 2)).get(0);

    assertThat(outcomes.get(0).path("type").asText()).isEqualTo("command_accepted");
    assertThat(outcomes.get(1).path("read_seq").asLong()).isEqualTo(6);
    assertThat(back.path("read_seq").asLong()).isEqualTo(6);
    assertThat(back.at("/my/unread").asInt()).isZero();
    assertThat(same.at("/my/unread").asInt()).isEqualTo(1);
    assertThat(api.changes(room, "user_id=" + bob.id()).my().unread()).isEqualTo(1);
  }

  private MarkRead mark(String room, long seq) {
    return new MarkRead(UUID.randomUUID().toString(), room, bob.actor(), null, seq);
  }

  @Test
  void changesComeInPagesAndAnotherPastStartsOver() {
    String room = api.create(ada, "room");
    List<ChatCommand> many = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      many.add(Api.say(ada, room, "m" + i, "text " + i));
    }
    List<JsonNode> outcomes = api.commands(many.toArray(ChatCommand[]::new));
    String third = outcomes.get(2).at("/message/id").asText();
    api.commands(
        new EditMessage(UUID.randomUUID().toString(), room, ada.actor(), null, third, "edited"));

    List<Message> all = new ArrayList<>();
    var page = api.changes(room, "after_seq=0&limit=10");
    all.addAll(page.messages());
    while (page.more()) {
      page = api.changes(room, "after_seq=" + page.upTo() + "&limit=10");
      all.addAll(page.messages());
    }

    assertThat(all).hasSize(25);
    assertThat(all).extracting(Message::changedSeq).isSorted();
    assertThat(all.get(24).content()).isEqualTo("edited");
    assertThat(page.upTo()).isEqualTo(page.conversation().lastSeq());
    var beyond = api.changes(room, "after_seq=999&limit=500");
    assertThat(beyond.reset()).isTrue();
    assertThat(beyond.messages()).hasSize(25);
    var otherPast = api.changes(room, "after_seq=20&history=" + UUID.randomUUID());
    assertThat(otherPast.reset()).isTrue();
    var samePast = api.changes(room, "after_seq=20&history=" + page.conversation().history());
    assertThat(samePast.reset()).isFalse();
    var stranger = api.changes(room, "after_seq=0&user_id=" + bob.id());
    assertThat(stranger.member()).isFalse();
    assertThat(stranger.messages()).isEmpty();
    var head = api.changes(room, "");
    assertThat(head.messages()).isEmpty();
    assertThat(head.upTo()).isEqualTo(27);
  }

  @Test
  void theOutboxIsEmptiedOnceAcknowledged() {
    String room = api.create(ada, "room");
    api.commands(Api.say(ada, room, "m1", "hello"));

    await().until(() -> added(room) != null);
    await().until(() -> outboxRows() == 0);
  }

  private long outboxRows() throws SQLException {
    try (var connection = dataSource.getConnection();
        var rows = connection.createStatement().executeQuery("SELECT count(*) FROM outbox")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Test
  void headsTellWhereConversationsStand() {
    String room = api.create(ada, "room");
    api.commands(Api.say(ada, room, "m1", "hello"));

    given()
        .auth()
        .oauth2(TestTokens.service())
        .contentType("application/json")
        .body("{\"ids\":[\"" + room + "\",\"" + UUID.randomUUID() + "\",\"nonsense\"]}")
        .post("/internal/heads")
        .then()
        .statusCode(200)
        .body("heads.size()", org.hamcrest.Matchers.is(1))
        .body("heads[0].conversation_id", org.hamcrest.Matchers.is(room))
        .body("heads[0].last_seq", org.hamcrest.Matchers.is(2));
  }

  @Test
  void internalPathsAreForServicesOnly() {
    given().post("/internal/heads").then().statusCode(401);
    api.as(ada, "POST", "/internal/heads", "{\"ids\":[]}").then().statusCode(403);
    given()
        .auth()
        .oauth2(TestTokens.expired(ada.id()))
        .get("/api/v1/conversations")
        .then()
        .statusCode(401)
        .body("code", org.hamcrest.Matchers.is("TOKEN_EXPIRED"));
  }
}

package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.Api.Person;
import dev.confab.chat.ledger.Reads;
import dev.confab.contracts.ai.CompletionRequested;
import dev.confab.contracts.chat.ChatEvent.MessageChanged;
import dev.confab.contracts.chat.ChatEvent.ReplyEnded;
import dev.confab.contracts.chat.ChatEvent.ReplyOpened;
import dev.confab.contracts.chat.ChatEvent.StandInDigest;
import dev.confab.contracts.chat.Message;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replies in the names of members who are away. */
@QuarkusTest
@QuarkusTestResource(TestTokens.class)
class StandInsIT {
  private static final String PATH = "/api/v1/conversations/";
  private static final long SEEN_MS = 1_700_000_000_000L;
  private static final String PENDING =
      "SELECT count(*) AS waiting FROM stand_in_turns t WHERE t.conversation_id = ?";

  @Inject ObjectMapper json;
  @Inject ChatConfig config;
  @Inject RedisDataSource redis;
  @Inject Reads reads;

  private final Person ada = Person.any("Ada");
  private final Person bob = Person.any("Bob");
  private final Person cyd = Person.any("Cyd");
  private final Set<String> answered = new HashSet<>();
  private Api api;
  private ReplyStage stage;
  private Gateways gateways;

  @BeforeEach
  void connect() {
    api = new Api(json);
    stage = new ReplyStage(config.kafka().bootstrapServers(), json, redis);
    gateways = new Gateways(redis);
    gateways.online(ada);
    gateways.offline(bob, SEEN_MS);
  }

  @AfterEach
  void disconnect() {
    stage.close();
  }

  /** A room in which everybody is known by name, since they have said something. */
  private String room(Person... others) {
    String room = api.create(ada, "room", others);
    for (Person each : others) {
      String client = UUID.randomUUID().toString();
      api.commands(Api.say(each, room, client, "I am " + each.name()));
    }
    return room;
  }

  private void standIn(Person who, String room, String note) {
    Map<String, Object> patch = new HashMap<>(Map.of("ai_stand_in", true));
    patch.put("stand_in_note", note);
    api.as(who, "PATCH", PATH + room + "/participants/me", patch).then().statusCode(200);
  }

  private String say(Person who, String room, String content) {
    return api.as(who, "POST", PATH + room + "/messages", Map.of("content", content)).path("id");
  }

  private CompletionRequested request(String room) {
    CompletionRequested request = stage.request(room, r -> !answered.contains(r.messageId()));
    answered.add(request.messageId());
    return request;
  }

  private Message ended(String room, CompletionRequested request) {
    return stage
        .event(room, ReplyEnded.class, e -> e.message().id().equals(request.messageId()))
        .message();
  }

  private Message answer(String room, CompletionRequested request, String text) {
    stage.begin(request, text);
    stage.complete(request, stage.runner, text.length(), "stop");
    return ended(room, request);
  }

  private void awaitGraceOver(String room) {
    await()
        .until(
            () ->
                reads.plain(
                    c ->
                        Reads.first(
                                    c,
                                    PENDING,
                                    rows -> rows.getInt("waiting"),
                                    UUID.fromString(room))
                                .orElseThrow()
                            == 0));
  }

  private List<ReplyOpened> opened(String room) {
    return stage.events(room).stream()
        .filter(ReplyOpened.class::isInstance)
        .map(ReplyOpened.class::cast)
        .toList();
  }

  @Test
  void whoIsAwayIsAnsweredForAndEverybodySeesIt() {
    String elsewhere = room(bob);
    say(bob, elsewhere, "THE SECRET of another room");
    String room = room(bob);
    standIn(bob, room, "Tell them I am in the MOUNTAINS.");
    Instant before = Instant.now();
    String turn = say(ada, room, "Bob, where are you?");
    CompletionRequested request = request(room);
    assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofMillis(900));
    assertThat(request.userId()).isEqualTo(bob.id().toString());
    assertThat(request.settings().systemPrompt()).contains("AI stand-in of Bob", "MOUNTAINS");
    assertThat(request.turns().toString()).contains("I am Bob").doesNotContain("SECRET");
    assertThat(request.turns().get(request.turns().size() - 1).content())
        .isEqualTo("Bob, where are you?");
    String member = bob.id().toString();
    assertThat(stage.event(room, ReplyOpened.class).reply().onBehalfOf()).isEqualTo(member);
    assertThat(api.changes(room, "").running().onBehalfOf()).isEqualTo(member);
    Message reply = answer(room, request, "Bob is away.");
    assertThat(reply.onBehalfOf()).isEqualTo(member);
    assertThat(reply.senderName()).isEqualTo("AI for Bob");
    assertThat(reply.messageType()).isEqualTo("assistant");
    assertThat(reply.kind()).isEqualTo("ai_response");
    assertThat(reply.replyTo()).isEqualTo(turn);
    api.as(ada, "GET", PATH + room, null)
        .then()
        .body("participants.find { it.user_id == '" + member + "' }.ai_stand_in", equalTo(true))
        .body("participants.find { it.user_id == '" + ada.id() + "' }.ai_stand_in", nullValue());
    api.as(ada, "GET", PATH + room + "/messages", null)
        .then()
        .body("items.on_behalf_of", hasItem(member));
  }

  @Test
  void whoIsThereOrUnknownOrBackWithinTheGraceIsNotAnsweredFor() {
    String room = room(bob);
    standIn(bob, room, null);
    gateways.online(bob);
    say(ada, room, "one");
    awaitGraceOver(room);
    gateways.unknown();
    gateways.offline(bob, SEEN_MS);
    say(ada, room, "two");
    awaitGraceOver(room);
    gateways.believed();
    say(ada, room, "three");
    gateways.online(bob);
    awaitGraceOver(room);
    gateways.offline(bob, SEEN_MS);
    String turn = say(ada, room, "four");
    request(room);
    assertThat(opened(room)).hasSize(1);
    assertThat(opened(room).get(0).reply().replyTo()).isEqualTo(turn);
  }

  @Test
  void whoComesBackStopsTheReplyAndIsToldAndPutsItRight() {
    String room = room(bob);
    standIn(bob, room, null);
    String turn = say(ada, room, "one");
    CompletionRequested running = request(room);
    stage.begin(running, "Bob says no");
    say(ada, room, "two");
    awaitGraceOver(room);
    gateways.online(bob);
    Message stopped = ended(room, running);
    assertThat(stopped.status()).isEqualTo("stopped");
    assertThat(stopped.finishReason()).isEqualTo("stopped");
    assertThat(stopped.content()).isEqualTo("Bob says no");
    assertThat(stopped.onBehalfOf()).isEqualTo(bob.id().toString());
    StandInDigest digest = stage.event(room, StandInDigest.class);
    assertThat(digest.userId()).isEqualTo(bob.id().toString());
    assertThat(digest.count()).isEqualTo(1);
    assertThat(digest.since()).isEqualTo(Instant.ofEpochMilli(SEEN_MS));
    api.as(bob, "GET", PATH + room + "/stand-in/digest", null)
        .then()
        .statusCode(200)
        .body("count", equalTo(1))
        .body("items", hasSize(1))
        .body("items[0].message.content", equalTo("Bob says no"))
        .body("items[0].answered.id", equalTo(turn));
    correct(room, stopped.id());
    assertThat(opened(room)).hasSize(1);
  }

  private void correct(String room, String message) {
    String path = PATH + room + "/stand-in/" + message + "/correct";
    Map<String, String> words = Map.of("content", "Yes, gladly.");
    api.as(ada, "POST", path, words).then().statusCode(404);
    api.as(cyd, "POST", path, words).then().statusCode(404);
    api.as(bob, "POST", path, Map.of("content", " ")).then().statusCode(400);
    api.as(bob, "POST", path, words)
        .then()
        .statusCode(200)
        .body("content", equalTo("Yes, gladly."))
        .body("kind", equalTo("text"))
        .body("status", equalTo("complete"))
        .body("on_behalf_of", equalTo(bob.id().toString()))
        .body("edited_at", not(nullValue()));
    Message told =
        stage.event(room, MessageChanged.class, e -> e.message().id().equals(message)).message();
    assertThat(told.content()).isEqualTo("Yes, gladly.");
    assertThat(told.changedSeq()).isGreaterThan(told.seq());
  }

  @Test
  void aReturnThatNobodyToldOfIsNoticed() {
    String room = room(bob);
    standIn(bob, room, null);
    say(ada, room, "one");
    CompletionRequested running = request(room);
    stage.begin(running, "Bob");
    gateways.silently(bob);
    assertThat(ended(room, running).status()).isEqualTo("stopped");
    stage.event(room, StandInDigest.class);
  }

  @Test
  void standInsAreSilentBeyondTheirRate() {
    String room = room(bob);
    standIn(bob, room, null);
    for (int i = 0; i < 8; i++) {
      say(ada, room, "message " + i);
    }
    for (int i = 0; i < 6; i++) {
      answer(room, request(room), "answer " + i);
    }
    awaitGraceOver(room);
    String other = room(bob);
    standIn(bob, other, null);
    say(ada, other, "elsewhere it goes on");
    request(other);
    assertThat(opened(room)).hasSize(6);
  }

  @Test
  void whatStandInsSayIsAnsweredByNoStandIn() {
    gateways.offline(ada, SEEN_MS);
    String room = room(bob, cyd);
    gateways.offline(cyd, SEEN_MS + 60_000);
    standIn(ada, room, null);
    standIn(bob, room, null);
    standIn(cyd, room, null);
    say(ada, room, "@Bob what do you say?");
    Message one = answer(room, request(room), "Ask @Cyd, or hey AI.");
    assertThat(one.onBehalfOf()).isEqualTo(bob.id().toString());
    awaitGraceOver(room);
    say(ada, room, "hey AI, anybody?");
    Message last = answer(room, request(room), "@Ada, @Bob: nobody.");
    assertThat(last.onBehalfOf()).isEqualTo(cyd.id().toString());
    awaitGraceOver(room);
    assertThat(opened(room)).hasSize(2);
  }

  @Test
  void membersDecideForThemselvesAlone() {
    String room = room(bob);
    String path = PATH + room + "/participants/";
    Map<String, Object> on = Map.of("ai_stand_in", true);
    api.as(ada, "PATCH", path + bob.id(), on).then().statusCode(403);
    api.as(cyd, "PATCH", path + "me", on).then().statusCode(404);
    api.as(bob, "PATCH", path + "me", Map.of("ai_stand_in", "yes")).then().statusCode(400);
    Map<String, Object> tooLong = Map.of("stand_in_note", "x".repeat(2_001));
    api.as(bob, "PATCH", path + "me", tooLong).then().statusCode(400);
    standIn(bob, room, "note");
    api.as(bob, "GET", PATH + room + "/stand-in", null)
        .then()
        .body("ai_stand_in", equalTo(true))
        .body("stand_in_note", equalTo("note"));
    api.as(cyd, "GET", PATH + room + "/stand-in/digest", null).then().statusCode(404);
    String own = api.create(ada, "assistant");
    api.as(ada, "PATCH", PATH + own + "/participants/me", on).then().statusCode(409);
  }

  @Test
  void whoWantsNoStandInAnyMoreHasNone() {
    String room = room(bob);
    standIn(bob, room, null);
    say(ada, room, "one");
    CompletionRequested running = request(room);
    stage.begin(running, "Bob");
    api.as(bob, "PATCH", PATH + room + "/participants/me", Map.of("ai_stand_in", false));
    assertThat(ended(room, running).status()).isEqualTo("stopped");
    say(ada, room, "two");
    awaitGraceOver(room);
    assertThat(opened(room)).hasSize(1);
  }
}

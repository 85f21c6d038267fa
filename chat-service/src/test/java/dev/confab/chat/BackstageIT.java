package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.Api.Person;
import dev.confab.chat.Desk.Opened;
import dev.confab.contracts.Topics;
import dev.confab.contracts.chat.Changes;
import dev.confab.contracts.chat.ChatEvent;
import dev.confab.contracts.chat.ChatEvent.DialogChanged;
import dev.confab.contracts.chat.ChatEvent.MessageAdded;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators note about a dialog, and that its visitor learns nothing of it by any path. */
@QuarkusTest
@QuarkusTestResource(value = TestTokens.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = ModelServer.class, restrictToAnnotatedClass = true)
class BackstageIT {
  private static final String DIALOGS = "/api/v1/support/dialogs/";
  private static final String CONVERSATIONS = "/api/v1/conversations/";
  private static final String NOTE = "customer-is-rude";

  @Inject ObjectMapper json;
  @Inject ChatConfig config;

  private final Person olga = Person.any("Olga");
  private final Person otto = Person.any("Otto");
  private final Person stranger = Person.any("Stranger");
  private Api api;
  private Desk desk;
  private KafkaPeer<ChatEvent> events;
  private Opened dialog;

  @BeforeEach
  void setUp() {
    api = new Api(json);
    desk = new Desk(Person.any("Admin"));
    String site = desk.site(Map.of("name", "Shop"));
    desk.operators(site, olga, otto);
    events =
        new KafkaPeer<>(
            config.kafka().bootstrapServers(), Topics.CHAT_EVENTS, ChatEvent.class, json);
    dialog = desk.visitor(site, Map.of("name", "Vera"));
  }

  @AfterEach
  void tearDown() {
    events.close();
  }

  private String backstage(Person operator) {
    return desk.as(operator, "operator", "GET", DIALOGS + dialog.id() + "/backstage", null)
        .then()
        .statusCode(200)
        .body("conversation.kind", is("backstage"))
        .body("conversation.participants", empty())
        .extract()
        .path("conversation.id");
  }

  private JsonNode note(Person operator, String backstage) {
    return api.commands(
            Dialogs.say(Dialogs.operator(operator), backstage, "note-" + operator.id(), NOTE))
        .get(0);
  }

  @Test
  void allOperatorsAtOnceGetTheSame() throws Exception {
    List<Callable<String>> asking =
        IntStream.range(0, 16)
            .<Callable<String>>mapToObj(i -> () -> backstage(i % 2 == 0 ? olga : otto))
            .toList();
    Set<String> got = new HashSet<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<String> each : threads.invokeAll(asking)) {
        got.add(each.get());
      }
    }

    assertThat(got).hasSize(1);
  }

  @Test
  void operatorsReadWhatOneNoted() {
    String backstage = backstage(olga);

    JsonNode noted = note(olga, backstage);

    assertThat(noted.path("type").asText()).isEqualTo("message_added");
    assertThat(noted.at("/message/message_type").asText()).isEqualTo("operator");
    desk.as(otto, "operator", "GET", CONVERSATIONS + backstage + "/messages", null)
        .then()
        .statusCode(200)
        .body("items[0].content", is(NOTE));
    Changes changes = api.changes(backstage, "after_seq=0&role=operator&user_id=" + otto.id());
    assertThat(changes.member()).isTrue();
    assertThat(changes.messages()).hasSize(1);
    assertThat(changes.running()).isNull();
  }

  @Test
  void strangersDoNotFindIt() {
    String backstage = backstage(olga);
    note(olga, backstage);

    desk.as(stranger, "operator", "GET", CONVERSATIONS + backstage + "/messages", null)
        .then()
        .statusCode(404);
    desk.as(olga, "user", "GET", CONVERSATIONS + backstage, null).then().statusCode(404);
    assertThat(note(stranger, backstage).path("code").asText()).isEqualTo("NOT_FOUND");
  }

  @Test
  void theVisitorLearnsNothingByAnyPath() {
    String visitor = api.changes(dialog.id(), "").conversation().participants().get(0).userId();
    String backstage = backstage(olga);
    String id = note(olga, backstage).at("/message/id").asText();
    events(backstage);

    for (String path : List.of("", "/messages")) {
      dialog.ask("GET", CONVERSATIONS + backstage + path, null).then().statusCode(404);
    }
    dialog
        .ask("POST", CONVERSATIONS + backstage + "/messages", Map.of("content", "x"))
        .then()
        .statusCode(404);
    for (String path : List.of("", "?kind=support")) {
      dialog.ask("GET", "/api/v1/conversations" + path, null).then().statusCode(403);
    }
    for (String path :
        List.of(
            "/api/v1/search?q=" + NOTE,
            "/api/v1/stats",
            CONVERSATIONS + backstage + "/export",
            CONVERSATIONS + dialog.id() + "/export",
            CONVERSATIONS + backstage + "/participants",
            DIALOGS + dialog.id() + "/backstage")) {
      assertThat(dialog.ask("GET", path, null).statusCode()).as(path).isIn(403, 404);
    }
    Changes changes = api.changes(backstage, "after_seq=0&user_id=" + visitor);
    assertThat(changes.member()).isFalse();
    assertThat(changes.messages()).isEmpty();
    String own =
        dialog.ask("GET", CONVERSATIONS + dialog.id(), null).asString()
            + dialog.ask("GET", CONVERSATIONS + dialog.id() + "/messages", null).asString();
    assertThat(own).doesNotContain(backstage).doesNotContain(NOTE).doesNotContain(id);
  }

  /** Nobody is told of notes on a channel of their own; they leave for those who joined. */
  private void events(String backstage) {
    await()
        .untilAsserted(
            () ->
                assertThat(events.seen())
                    .filteredOn(e -> e.conversationId().equals(backstage))
                    .anySatisfy(
                        e ->
                            assertThat(e)
                                .isInstanceOfSatisfying(
                                    MessageAdded.class,
                                    added -> assertThat(added.participants()).isEmpty())));
    assertThat(events.seen())
        .filteredOn(e -> e.conversationId().equals(backstage))
        .noneMatch(DialogChanged.class::isInstance);
  }

  @Test
  void everyChangeOfADialogIsToldToTheDesk() {
    String other = backstage(olga);
    dialog.handOff();

    await()
        .untilAsserted(
            () ->
                assertThat(events.seen())
                    .filteredOn(DialogChanged.class::isInstance)
                    .filteredOn(e -> e.conversationId().equals(dialog.id()))
                    .hasSizeGreaterThanOrEqualTo(2));
    assertThat(other).isNotEqualTo(dialog.id());
  }
}

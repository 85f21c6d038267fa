package dev.confab.systemtests.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.systemtests.client.Frame;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.V1Client;
import dev.confab.systemtests.isolation.Answer;
import dev.confab.systemtests.isolation.Audience;
import dev.confab.systemtests.isolation.Caller;
import dev.confab.systemtests.isolation.ClientFrames;
import dev.confab.systemtests.isolation.ClientFrames.ClientFrame;
import dev.confab.systemtests.isolation.Document;
import dev.confab.systemtests.isolation.Ids;
import dev.confab.systemtests.isolation.Kind;
import dev.confab.systemtests.isolation.Operation;
import dev.confab.systemtests.isolation.Slot;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Every operation of the OpenAPI document and every frame of clients, tried with a dialog by those
 * who have a token and yet no business there: an operator of other sites, a visitor of another
 * dialog, a user. Whatever is new in either document is tried by itself.
 */
@SystemTest
@Tag("support")
@Order(247)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeskIsolationIT {
  private static final String WORD = "mangelwurzel";

  private final Suite suite;
  private final List<String> misfits = new ArrayList<>();
  private final List<String> breaches = new ArrayList<>();
  private List<Operation> operations;
  private List<ClientFrame> frames;
  private Person ada;
  private Person ben;
  private Site bens;
  private WidgetClient dialog;
  private Ids known;

  DeskIsolationIT(Suite suite) {
    this.suite = suite;
  }

  @BeforeAll
  void a_dialog_with_ben() {
    operations = Document.of(suite.rest()).operations(misfits);
    frames = ClientFrames.of(Path.of(".."), misfits);
    List<Person> operators = suite.operators(2);
    ada = operators.getFirst();
    ben = operators.getLast();
    bens = Site.workedBy(suite, ben);
    dialog = bens.visitor(suite.gatewayA());
    String message =
        dialog.post("About a " + WORD, UUID.randomUUID().toString()).path("id").asText();
    Site.act(suite.gatewayA(), ben, dialog.dialogId(), "claim", Map.of()).done();
    Map<Kind, String> ids = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      ids.put(kind, UUID.randomUUID().toString());
    }
    ids.put(Kind.CONVERSATION, dialog.dialogId());
    ids.put(Kind.MESSAGE, message);
    ids.put(Kind.USER, ada.id());
    known = new Ids("a dialog of Ben's", ids).without(Kind.CLIENT_KEY);
  }

  private void assertNone() {
    assertThat(breaches).isEmpty();
  }

  private void tryAll(Person person) {
    Caller caller = new Caller(suite.rest(), person);
    for (Operation operation : operations) {
      if (Audience.isAboutADialog(operation)) {
        Map<String, String> query = operation.queries(List.of(WORD)).getFirst();
        Answer answer = caller.call(operation, known, query);
        Answer other = caller.call(operation, known.unknown(), query);
        if (answer.isSuccess()
            || answer.body().contains(WORD)
            || answer.status() != other.status()) {
          breaches.add(operation + ": " + answer + ", but for unknown ids " + other);
        }
      }
    }
  }

  private void trySockets(Person person) {
    for (ClientFrame frame : frames) {
      boolean isAbout = frame.slots().stream().anyMatch(s -> s.kind() == Kind.CONVERSATION);
      if (isAbout && !frame.type().equals("leave_conversation")) {
        try (V1Client client = V1Client.connect(suite.gatewayB(), person)) {
          for (Ids ids : List.of(known, known.unknown())) {
            Frame answer = client.awaitAnswer(client.send(frame.type(), frame.data(ids)));
            if (!answer.data().path("code").asText().equals("NOT_FOUND")) {
              breaches.add(frame + " with " + ids.what() + ": " + answer);
            }
          }
          client.frames().stream()
              .filter(each -> each.body().toString().contains(WORD))
              .forEach(each -> breaches.add(frame + " is told " + each));
        }
      }
    }
  }

  @Test
  void what_is_about_a_dialog_can_be_tried() {
    assertThat(misfits).isEmpty();
    assertThat(operations.stream().filter(Audience::isAboutADialog)).hasSizeGreaterThan(25);
    assertThat(operations.stream().flatMap(operation -> operation.slots().stream()))
        .filteredOn(slot -> slot.place() == Slot.Place.PATH)
        .allMatch(slot -> known.of(slot.kind()) != null || slot.kind() == Kind.CLIENT_KEY);
  }

  @Test
  void an_operator_of_other_sites_finds_nothing() {
    tryAll(ada);
    trySockets(ada);
    Caller caller = new Caller(suite.rest(), ada);
    caller
        .seen(operations, List.of(WORD))
        .forEach(
            (what, answer) -> {
              if (answer.contains(WORD) || answer.contains(dialog.dialogId())) {
                breaches.add(what + " shows Ben's dialog");
              }
            });
    assertNone();
  }

  @Test
  void a_user_finds_nothing() {
    Person user = suite.newPerson();
    tryAll(user);
    trySockets(user);
    assertNone();
  }

  @Test
  void a_visitor_of_another_dialog_finds_nothing() {
    try (WidgetClient other = bens.visitor(suite.gatewayB())) {
      Person visitor = Site.asPerson(other);
      tryAll(visitor);
      trySockets(visitor);
      Ids own = known.with(Kind.CONVERSATION, other.dialogId());
      Caller caller = new Caller(suite.rest(), visitor);
      for (Operation operation : operations) {
        if (!Audience.isAboutADialog(operation) && !Audience.isPublic(operation)) {
          Answer answer = caller.call(operation, own, operation.queries(List.of(WORD)).getFirst());
          if (answer.isSuccess() || answer.body().contains(WORD)) {
            breaches.add(operation + " for a visitor: " + answer);
          }
        }
      }
    }
    assertNone();
  }
}

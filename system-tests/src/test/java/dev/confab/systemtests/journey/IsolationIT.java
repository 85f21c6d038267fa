package dev.confab.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.client.Frame;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.PlainClient;
import dev.confab.systemtests.client.V1Client;
import dev.confab.systemtests.isolation.Answer;
import dev.confab.systemtests.isolation.Audience;
import dev.confab.systemtests.isolation.Belongings;
import dev.confab.systemtests.isolation.Caller;
import dev.confab.systemtests.isolation.ClientFrames;
import dev.confab.systemtests.isolation.ClientFrames.ClientFrame;
import dev.confab.systemtests.isolation.Comparison;
import dev.confab.systemtests.isolation.Document;
import dev.confab.systemtests.isolation.Ids;
import dev.confab.systemtests.isolation.Kind;
import dev.confab.systemtests.isolation.Operation;
import dev.confab.systemtests.isolation.Slot;
import dev.confab.systemtests.suite.DemoLlm;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Nobody sees, finds, opens, resumes or infers anything of another's: every operation of the
 * OpenAPI document and every frame of clients is tried with another's ids, and must answer as it
 * does for ids that nobody has. Whatever is new in either document is tried by itself.
 */
@SystemTest
@Tag("journey")
@Order(65)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationIT {
  private static final int NOT_FOUND = 404;
  private static final int FORBIDDEN = 403;
  private static final int UNAUTHORIZED = 401;
  private static final List<String> NO_WORD = List.of("unheard");

  private final Suite suite;
  private final List<String> misfits = new ArrayList<>();
  private List<Operation> operations;
  private List<ClientFrame> frames;
  private Person stranger;
  private Person mate;
  private Person other;
  private Map<String, String> seenBefore;
  private Belongings hers;
  private Belongings ones;
  private List<JsonNode> asItWas;

  IsolationIT(Suite suite) {
    this.suite = suite;
  }

  @BeforeAll
  void two_people_have_something_and_one_has_nothing() {
    speakAtOnce();
    operations = Document.of(suite.rest()).operations(misfits);
    frames = ClientFrames.of(Path.of(".."), misfits);
    stranger = suite.newPerson();
    mate = suite.newPerson();
    other = suite.newPerson();
    seenBefore = as(stranger).seen(operations, NO_WORD);
    hers = Belongings.of(suite, mate, other);
    ones = Belongings.of(suite, mate, other);
    asItWas = hers.atRest();
  }

  @BeforeEach
  void speakAtOnce() {
    suite.demoLlm().pace(0, 20);
  }

  @AfterEach
  void nothing_of_hers_has_changed() {
    assertThat(hers.standing()).isEqualTo(asItWas);
  }

  private Caller as(Person person) {
    return new Caller(suite.rest(), person);
  }

  @Test
  void every_operation_and_frame_is_one_that_can_be_tried() {
    assertThat(misfits).as("list a body, a value or a kind of id for").isEmpty();
    assertThat(operations).hasSizeGreaterThan(60);
    assertThat(frames).hasSizeGreaterThan(12);
    assertThat(operations.stream().map(Operation::name).collect(Collectors.toSet()))
        .containsAll(Audience.named());
  }

  /** Otherwise it would prove nothing that a stranger does not succeed. */
  @Test
  void every_operation_is_done_for_the_owner() {
    Comparison compared = new Comparison(hers);
    Belongings spent = Belongings.of(suite, mate, other);
    for (Operation operation : operations) {
      boolean ends = operation.isDrastic() && operation.takesOwnedIds();
      List<Answer> answers = new ArrayList<>();
      boolean done = isDone(operation, ends ? spent : ones, answers);
      if (!done && ends) {
        // What it ends was ended already.
        spent = Belongings.of(suite, mate, other);
        done = isDone(operation, spent, answers);
      }
      if (!done && Audience.isForUsers(operation)) {
        compared.breach("no body or ids fit " + operation + ": " + answers);
      }
      answers.forEach(answer -> compared.note(operation.name(), answer));
    }
    compared.assertNone();
  }

  /** With one of the sets of ids, where they are needed. */
  private boolean isDone(Operation operation, Belongings own, List<Answer> answers) {
    boolean alone = operation.isDrastic() && !operation.takesOwnedIds();
    Caller caller = as(alone ? suite.newPerson() : own.owner());
    Map<String, String> query = operation.queries(NO_WORD).getFirst();
    List<Ids> sets = own.idSets().stream().map(ids -> ids.without(Kind.CLIENT_KEY)).toList();
    return Stream.concat(
            sets.stream().map(ids -> caller.call(operation, ids, query)),
            sets.stream().map(ids -> caller.callPatiently(operation, ids, query)))
        .peek(answers::add)
        .anyMatch(Answer::isSuccess);
  }

  @Test
  void no_operation_tells_a_stranger_of_her_ids() {
    Comparison compared = new Comparison(hers);
    for (Operation operation : operations) {
      if (Audience.isForOtherRoles(operation)) {
        Answer answer = as(stranger).call(operation, hers.idSets().getFirst(), Map.of());
        if (answer.status() != FORBIDDEN) {
          compared.breach(operation + ": " + answer);
        }
      } else if (operation.takesOwnedIds()) {
        for (Ids ids : hers.idSets()) {
          for (Map<String, String> query : operation.queries(NO_WORD)) {
            compared.alike(as(stranger), operation, ids, ids.unknown(), query, true);
          }
        }
      }
    }
    compared.assertNone();
  }

  /** One's own conversation is no way to another's message, nor the other way round. */
  @Test
  void no_operation_takes_one_of_her_ids_among_ones_own() {
    Comparison compared = new Comparison(hers);
    for (Operation operation : operations) {
      Ids own = onesFor(operation).without(Kind.CLIENT_KEY);
      Set<Kind> kinds = operation.slots().stream().map(Slot::kind).collect(Collectors.toSet());
      kinds.removeAll(Set.of(Kind.USER, Kind.CURSOR, Kind.EMOJI));
      if (operation.takesOwnedIds() && kinds.size() > 1 && !Audience.isForOtherRoles(operation)) {
        for (Kind kind : kinds) {
          for (Ids others : hers.idSets().subList(0, 2)) {
            Ids mixed = own.with(kind, others);
            Ids unknown = own.with(kind, others.unknown());
            Map<String, String> query = operation.queries(NO_WORD).getFirst();
            compared.alike(as(ones.owner()), operation, mixed, unknown, query, kind.isOwned());
          }
        }
      }
    }
    compared.assertNone();
  }

  private Ids onesFor(Operation operation) {
    return ones.idSets().stream()
        .filter(ids -> !Audience.isForRooms(operation) || ids.what().endsWith("in a room"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void no_list_search_or_count_of_a_stranger_holds_anything_of_hers() {
    Comparison compared = new Comparison(hers);
    List<String> words = List.copyOf(hers.words().values());
    for (Operation operation : operations) {
      if (!operation.isReading()
          || operation.takesIdInPath()
          || Audience.isForOtherRoles(operation)) {
        continue;
      }
      if (operation.isAboutPeople()) {
        Ids her = new Ids("herself", Map.of(Kind.USER, hers.owner().id()));
        compared.alike(as(stranger), operation, her, her.unknown(), Map.of(), false);
      } else {
        for (Map<String, String> query : operation.queries(words)) {
          Answer answer = as(stranger).call(operation, Ids.NONE, query);
          compared.note(operation + " " + query.keySet(), answer);
          if (!answer.isSuccess()) {
            compared.breach(operation + ": " + answer);
          }
        }
        if (operation.slots().stream().anyMatch(slot -> slot.kind() == Kind.CURSOR)) {
          continueHers(compared, operation);
        }
      }
    }
    compared.assertNone();
    assertThat(as(stranger).seen(operations, NO_WORD)).isEqualTo(seenBefore);
  }

  private void continueHers(Comparison compared, Operation operation) {
    Map<String, String> query = operation.queries(NO_WORD).getFirst();
    for (String cursor : hers.cursors()) {
      Ids ids = Ids.NONE.with(Kind.CURSOR, cursor);
      compared.note(operation + " with her cursor", as(stranger).call(operation, ids, query));
    }
    Ids all = hers.idSets().getFirst();
    for (Kind kind : List.of(Kind.CONVERSATION, Kind.MESSAGE, Kind.ASSISTANT)) {
      Ids known = new Ids("her " + kind + " as a cursor", Map.of(Kind.CURSOR, all.of(kind)));
      compared.alike(as(stranger), operation, known, known.unknown(), query, false);
    }
  }

  @Test
  void what_is_for_all_users_together_is_for_other_roles() {
    suite.rest().as(stranger).get("/api/v1/stats?scope=all").then().statusCode(FORBIDDEN);
  }

  @Test
  void without_a_token_there_is_nothing() {
    Comparison compared = new Comparison(hers);
    Ids ids = hers.idSets().getFirst();
    for (Operation operation : operations) {
      Answer answer = as(null).call(operation, ids, operation.queries(NO_WORD).getFirst());
      compared.note(operation.name(), answer);
      boolean isRefused = answer.status() == UNAUTHORIZED && answer.code().equals("AUTH_REQUIRED");
      if (!Audience.isPublic(operation) && !isRefused) {
        compared.breach(operation + ": " + answer);
      }
    }
    compared.assertNone();
  }

  @Test
  void every_frame_is_done_for_the_owner() {
    Comparison compared = new Comparison(hers);
    Belongings own = Belongings.of(suite, mate, other);
    try (V1Client client = suite.connect(suite.gatewayA(), own.owner())) {
      for (ClientFrame frame : aboutSomething()) {
        List<Frame> answers = new ArrayList<>();
        boolean done =
            own.idSets().stream()
                .map(ids -> ids.with(Kind.CLIENT_KEY, UUID.randomUUID().toString()))
                .map(
                    ids -> {
                      client.join(ids.of(Kind.CONVERSATION));
                      return client.awaitAnswer(client.send(frame.type(), frame.data(ids)));
                    })
                .peek(answers::add)
                .anyMatch(answer -> !answer.is("error"));
        if (!done && Audience.isForUsers(frame)) {
          compared.breach(frame + ": " + answers);
        }
      }
    }
    compared.assertNone();
  }

  private List<ClientFrame> aboutSomething() {
    return frames.stream()
        .filter(frame -> frame.slots().stream().anyMatch(slot -> slot.kind().isOwned()))
        .toList();
  }

  @Test
  void no_frame_leads_a_stranger_to_anything_of_hers() {
    Comparison compared = new Comparison(hers);
    List<V1Client> strangers = new ArrayList<>();
    try {
      for (ClientFrame frame : aboutSomething()) {
        // Each has a stranger of its own, whom no limit of frames and refusals stops.
        V1Client client =
            suite.connect(suite.gateways().get(strangers.size() % 2), suite.newPerson());
        strangers.add(client);
        for (Ids ids : hers.idSets()) {
          compared.alike(client, frame, ids, ids.unknown(), true);
        }
        compared.note(frame.type(), client.frames());
      }
      compared.assertNone();
      assertThat(hers.standing()).isEqualTo(asItWas);
      List<Integer> heard = strangers.stream().map(V1Client::frameCount).toList();
      she_and_her_mate_talk();
      for (int i = 0; i < strangers.size(); i++) {
        V1Client client = strangers.get(i);
        client.awaitAnswer(client.send("ping", Map.of()));
        assertThat(client.frames().subList(heard.get(i), client.frameCount()))
            .allMatch(each -> each.is("pong"));
      }
    } finally {
      strangers.forEach(V1Client::close);
    }
  }

  /** Everything that others in a conversation are told of. */
  private void she_and_her_mate_talk() {
    String talk = hers.idSets().getFirst().of(Kind.CONVERSATION);
    try (V1Client she = suite.connect(suite.gatewayA(), hers.owner());
        V1Client friend = suite.connect(suite.gatewayB(), mate)) {
      she.join(talk);
      friend.join(talk);
      she.send("typing_start", Map.of("conversation_id", talk));
      friend.awaitFrame(
          "typing_indicator", frame -> frame.is("typing_indicator"), V1Client.PATIENCE);
      String turn = she.sayAndAwaitAck(talk, DemoLlm.STORY);
      long seq = friend.awaitReplyEnd(turn, V1Client.PATIENCE).data().path("seq").asLong();
      friend.send("mark_read", Map.of("conversation_id", talk, "seq", seq));
      she.awaitFrame("read_receipt", frame -> frame.is("read_receipt"), V1Client.PATIENCE);
      she.awaitAnswer(
          she.send(
              "edit_message",
              Map.of("conversation_id", talk, "message_id", turn, "content", "No more")));
      friend.awaitFrame("message_updated", frame -> frame.is("message_updated"), V1Client.PATIENCE);
    }
    asItWas = hers.atRest();
  }

  @Test
  void no_frame_takes_one_of_her_ids_among_ones_own() {
    Comparison compared = new Comparison(hers);
    Ids own = ones.idSets().getFirst();
    try (V1Client client = suite.connect(suite.gatewayB(), ones.owner())) {
      client.join(own.of(Kind.CONVERSATION));
      for (ClientFrame frame : aboutSomething()) {
        Set<Kind> kinds = frame.slots().stream().map(Slot::kind).collect(Collectors.toSet());
        for (Kind kind : kinds.size() > 1 ? kinds : Set.<Kind>of()) {
          Ids fresh = own.with(Kind.CLIENT_KEY, UUID.randomUUID().toString());
          Ids others = hers.idSets().getFirst();
          Ids unknown = fresh.with(kind, others.unknown());
          compared.alike(client, frame, fresh.with(kind, others), unknown, kind.isOwned());
        }
      }
      compared.note("among one's own", client.frames());
      compared.assertNone();
    }
  }

  @Test
  void no_socket_of_a_dialect_leads_to_anything_of_hers() {
    URI gateway = suite.gatewayA();
    Person eve = suite.newPerson();
    String token = "/?token=" + eve.accessToken();
    for (Ids ids : hers.idSets()) {
      for (Ids each : List.of(ids, ids.unknown())) {
        String path = "/ws/ai-chat/session/" + each.of(Kind.CONVERSATION);
        assertThat(PlainClient.statusOf(gateway, path + token, Map.of())).isEqualTo(NOT_FOUND);
        assertThat(PlainClient.statusOf(gateway, path, Map.of())).isEqualTo(UNAUTHORIZED);
      }
    }
    String label = "/ws/chat/" + hers.label();
    try (PlainClient list = PlainClient.open(gateway, "/ws/ai-chat/sessions" + token, Map.of());
        PlainClient same = PlainClient.open(suite.gatewayB(), label + token, Map.of());
        PlainClient own =
            PlainClient.open(gateway, label + "/?token=" + hers.owner().accessToken(), Map.of())) {
      String to = "'conversation_id':'" + hers.conversations().getFirst() + "'";
      same.send("{'type':'chat_message','data':{'message':'My own words'," + to + "}}");
      same.await("stream_complete");
      int heard = same.frames().size();
      own.send("{'type':'chat_message','data':{'message':'Hers again'}}");
      own.await("stream_complete");
      same.send("{'type':'ping'}");
      same.await("pong");
      list.send("{'type':'ping'}");
      list.await("pong");

      assertThat(same.frames()).hasSize(heard + 1);
      for (PlainClient each : List.of(list, same)) {
        assertThat(hers.shownIn(each.frames().toString(), true)).isEmpty();
      }
      assertThat(hers.shownIn(as(eve).seen(operations, NO_WORD).toString(), true)).isEmpty();
      assertThat(own.frames().toString()).doesNotContain("My own words");
    }
    asItWas = hers.atRest();
    assertThat(asItWas.toString()).doesNotContain("My own words");
  }
}

package dev.confab.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.systemtests.client.Frame;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.V1Client;
import dev.confab.systemtests.delivery.History;
import dev.confab.systemtests.suite.Delivered;
import dev.confab.systemtests.suite.Suite;
import dev.confab.systemtests.suite.SystemTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Guarantees 1, 2, 3 and 6: stored when acked, in order, once, and live from the join on. */
@SystemTest
@Tag("journey")
@Order(20)
class OrderIT {
  private final Suite suite;

  OrderIT(Suite suite) {
    this.suite = suite;
  }

  @Test
  void an_acked_message_is_stored_and_reaches_who_was_away() {
    Person anna = suite.newPerson();
    Person ben = suite.newPerson();
    String room = suite.rest().room(anna, ben);
    Map<String, String> acked = new HashMap<>();
    try (V1Client a = suite.connect(suite.gatewayA(), anna)) {
      a.join(room);
      List<String> clientIds = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        clientIds.add(a.say(room, "while Ben is away " + i));
      }
      clientIds.forEach(id -> acked.put(id, a.awaitAck(id).messageId()));

      try (V1Client b = suite.connect(suite.gatewayB(), ben)) {
        b.join(room, 0L, null);
        History history = Delivered.asReadBy(suite, ben).to(a, b).check(room);
        assertThat(history.byId().keySet()).containsAll(acked.values());
        awaitReceived(b, 10);
      }
    }
  }

  private static void awaitReceived(V1Client client, int count) {
    client.awaitFrame(
        count + " messages",
        frame -> client.frames().stream().filter(f -> f.is("message_received")).count() >= count,
        V1Client.PATIENCE);
  }

  @Test
  void many_writers_on_both_gateways_make_one_order_without_gaps() {
    List<Person> people = List.of(suite.newPerson(), suite.newPerson(), suite.newPerson());
    String room = suite.rest().room(people.get(0), people.get(1), people.get(2));
    List<V1Client> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 6; i++) {
        V1Client client = suite.connect(suite.gateways().get(i % 2), people.get(i % 3));
        clients.add(client);
      }
      List<Frame> joins = clients.stream().map(client -> client.join(room)).toList();
      Map<V1Client, List<String>> said = new IdentityHashMap<>();
      for (int i = 0; i < 9; i++) {
        for (V1Client client : clients) {
          said.computeIfAbsent(client, key -> new ArrayList<>())
              .add(client.say(room, "message " + i));
        }
      }
      said.forEach((client, clientIds) -> clientIds.forEach(client::awaitAck));

      History history =
          Delivered.asReadBy(suite, people.get(0)).to(clients.toArray(V1Client[]::new)).check(room);

      assertThat(history.messages()).hasSize(54);
      for (int i = 0; i < clients.size(); i++) {
        long from = joins.get(i).data().path("last_seq").asLong() + 1;
        assertThat(numbersSince(joins.get(i), clients.get(i)))
            .containsExactlyElementsOf(
                LongStream.rangeClosed(from, history.lastSeq()).boxed().toList());
      }
    } finally {
      clients.forEach(V1Client::close);
    }
  }

  private static List<Long> numbersSince(Frame joined, V1Client client) {
    return client.frames().stream()
        .filter(frame -> frame.index() > joined.index())
        .flatMapToLong(frame -> frame.number().stream())
        .boxed()
        .toList();
  }

  @Test
  void catching_up_gives_each_changed_message_once_from_any_position() {
    Person anna = suite.newPerson();
    String room = suite.rest().room(anna);
    for (int i = 0; i < 6; i++) {
      suite
          .rest()
          .as(anna)
          .body(Map.of("content", "note " + i, "client_id", UUID.randomUUID().toString()))
          .post("/api/v1/conversations/" + room + "/messages")
          .then()
          .statusCode(201);
    }
    History history = suite.history(anna, room);
    for (long after = 0; after <= history.lastSeq(); after += 2) {
      long position = after;
      try (V1Client client = suite.connect(suite.gateways().get((int) (after / 2 % 2)), anna)) {
        Frame joined = client.join(room, after, history.conversation().path("history").asText());
        assertThat(joined.data().path("reset").asBoolean(false)).isFalse();
        assertThat(joined.data().path("last_seq").asLong()).isEqualTo(history.lastSeq());
        List<Long> expected =
            history.messages().stream()
                .map(message -> message.path("changed_seq").asLong())
                .filter(seq -> seq > position)
                .sorted()
                .toList();
        if (!expected.isEmpty()) {
          awaitReceived(client, expected.size());
        }
        Delivered.asReadBy(suite, anna).to(client).check(room);
        assertThat(numbersSince(joined, client)).isEqualTo(expected);
      }
    }
  }

  @Test
  void another_history_or_a_position_beyond_the_end_starts_over() {
    Person anna = suite.newPerson();
    String room = suite.rest().room(anna);
    try (V1Client a = suite.connect(suite.gatewayA(), anna)) {
      a.sayAndAwaitAck(room, "one");
      a.sayAndAwaitAck(room, "two");
    }
    try (V1Client foreign = suite.connect(suite.gatewayA(), anna);
        V1Client beyond = suite.connect(suite.gatewayB(), anna)) {
      Frame otherPast = foreign.join(room, 1L, UUID.randomUUID().toString());
      assertThat(otherPast.data().path("reset").asBoolean()).isTrue();
      awaitReceived(foreign, 2);

      Frame future = beyond.join(room, 1_000L, null);
      assertThat(future.data().path("reset").asBoolean()).isTrue();
      awaitReceived(beyond, 2);
      Delivered.asReadBy(suite, anna).to(foreign, beyond).check(room);
    }
  }

  @Test
  void joins_amid_messages_show_nothing_twice_and_miss_nothing() {
    Person anna = suite.newPerson();
    Person ben = suite.newPerson();
    String room = suite.rest().room(anna, ben);
    List<V1Client> joiners = new ArrayList<>();
    try (V1Client a = suite.connect(suite.gatewayA(), anna)) {
      a.join(room);
      for (int i = 0; i < 15; i++) {
        a.say(room, "message " + i);
        V1Client joiner = suite.connect(suite.gateways().get(i % 2), ben);
        joiners.add(joiner);
        joiner.join(room, 0L, null);
      }
      Delivered.asReadBy(suite, ben).to(a).to(joiners.toArray(V1Client[]::new)).check(room);
    } finally {
      joiners.forEach(V1Client::close);
    }
  }

  @Test
  void what_is_stored_after_joined_arrives() {
    Person anna = suite.newPerson();
    Person ben = suite.newPerson();
    try (V1Client a = suite.connect(suite.gatewayA(), anna)) {
      for (int i = 0; i < 8; i++) {
        String room = suite.rest().room(anna, ben);
        try (V1Client b = suite.connect(suite.gatewayB(), ben)) {
          b.join(room);
          String id = a.sayAndAwaitAck(room, "right after the join");
          b.awaitFrame(
              "the message",
              frame -> frame.is("message_received") && frame.messageId().equals(id),
              V1Client.PATIENCE);
          Delivered.asReadBy(suite, ben).to(b).check(room);
        }
      }
    }
  }

  @Test
  void leaving_ends_what_is_shown_and_joining_again_shows_the_rest() {
    Person anna = suite.newPerson();
    Person ben = suite.newPerson();
    String room = suite.rest().room(anna, ben);
    try (V1Client a = suite.connect(suite.gatewayA(), anna);
        V1Client b = suite.connect(suite.gatewayB(), ben)) {
      b.join(room);
      a.sayAndAwaitAck(room, "before");
      awaitReceived(b, 1);
      b.leave(room);
      String unseen = a.sayAndAwaitAck(room, "meanwhile");
      b.awaitFrame(
          "message_added",
          frame -> frame.is("message_added") && frame.messageId().equals(unseen),
          V1Client.PATIENCE);
      b.join(room, 0L, null);
      awaitReceived(b, 3);
      Delivered.asReadBy(suite, ben).to(a, b).check(room);
    }
  }

  @Test
  void the_same_client_id_gets_the_same_ack_and_one_message() {
    Person anna = suite.newPerson();
    String talk = suite.rest().talk(anna);
    try (V1Client a = suite.connect(suite.gatewayA(), anna);
        V1Client b = suite.connect(suite.gatewayB(), anna)) {
      a.join(talk);
      String clientId = UUID.randomUUID().toString();
      a.say(talk, "Once", clientId);
      a.say(talk, "Once", clientId);
      b.say(talk, "Once", clientId);

      Frame first = a.awaitAck(clientId);
      Frame elsewhere = b.awaitAck(clientId);
      a.awaitFrame(
          "a second ack",
          frame -> frame.is("message_ack") && frame.index() > first.index(),
          V1Client.PATIENCE);
      assertThat(
              a.frames().stream()
                  .filter(frame -> frame.is("message_ack"))
                  .map(frame -> frame.messageId() + '@' + frame.data().path("seq").asLong()))
          .containsOnly(elsewhere.messageId() + '@' + elsewhere.data().path("seq").asLong());
      String viaRest =
          suite
              .rest()
              .as(anna)
              .header("Idempotency-Key", clientId)
              .body(Map.of("content", "Once"))
              .post("/api/v1/conversations/" + talk + "/messages")
              .then()
              .statusCode(Matchers.oneOf(200, 201))
              .extract()
              .path("id");
      assertThat(viaRest).isEqualTo(first.messageId());
      History history = Delivered.asReadBy(suite, anna).to(a, b).check(talk);
      assertThat(history.turns()).hasSize(1);
      assertThat(history.repliesTo(first.messageId())).hasSize(1);
    }
  }
}

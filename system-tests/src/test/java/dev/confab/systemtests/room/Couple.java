package dev.confab.systemtests.room;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.client.Frame;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.V1Client;
import dev.confab.systemtests.delivery.History;
import dev.confab.systemtests.suite.Delivered;
import dev.confab.systemtests.suite.Rest;
import dev.confab.systemtests.suite.Suite;
import io.restassured.response.Response;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** Anna, who is in the room, and Ben, who comes and goes and has the AI stand in for him. */
final class Couple implements AutoCloseable {
  private static final Duration KNOWN_OFFLINE = Duration.ofSeconds(45);

  private final Suite suite;
  private final Person anna;
  private final Person ben;
  private final String room;
  private final URI bensGateway;
  private final V1Client annas;
  private V1Client bens;

  private Couple(Suite suite, URI annasGateway, URI bensGateway, Person... more) {
    this.suite = suite;
    this.anna = suite.newPerson();
    this.ben = suite.newPerson();
    this.bensGateway = bensGateway;
    Person[] members = new Person[more.length + 1];
    members[0] = ben;
    System.arraycopy(more, 0, members, 1, more.length);
    this.room = suite.rest().room(anna, members);
    this.annas = suite.connect(annasGateway, anna);
    annas.join(room);
  }

  /** They meet in a room, alone or with more people, each at a gateway; Ben is there at first. */
  static Couple meet(Suite suite, URI annasGateway, URI bensGateway, Person... more) {
    Couple couple = new Couple(suite, annasGateway, bensGateway, more);
    couple.benComes();
    couple.benWishes(Map.of("ai_stand_in", true, "stand_in_note", "Say that I am on holiday."));
    return couple;
  }

  Person anna() {
    return anna;
  }

  Person ben() {
    return ben;
  }

  String room() {
    return room;
  }

  V1Client annas() {
    return annas;
  }

  V1Client bens() {
    return bens;
  }

  /** Ben sets what is his own in the room. */
  Response benWishes(Map<String, Object> wish) {
    Response answer =
        suite.rest().as(ben).body(wish).patch("/api/v1/conversations/" + room + "/participants/me");
    answer.then().statusCode(200);
    return answer;
  }

  /** Ben connects and joins. */
  V1Client benComes() {
    bens = suite.connect(bensGateway, ben);
    bens.join(room);
    return bens;
  }

  /** Ben leaves; returns when Anna has been told. */
  void benGoes() {
    int from = annas.frameCount();
    bens.close();
    awaitOffline(from);
  }

  /** Waits until a frame after this many tells Anna that Ben is offline; returns how long. */
  Duration awaitOffline(int from) {
    long before = System.nanoTime();
    annas.awaitFrame(
        "presence of who went away",
        frame -> frame.index() >= from && isPresence(frame, "offline"),
        KNOWN_OFFLINE);
    return Duration.ofNanos(System.nanoTime() - before);
  }

  /** Whether a frame says this of Ben. */
  boolean isPresence(Frame frame, String status) {
    return frame.is("presence")
        && frame.data().path("user_id").asText().equals(ben.id())
        && frame.data().path("status").asText().equals(status);
  }

  /** What was said on Ben's behalf. */
  List<JsonNode> onBensBehalf() {
    return history().messages().stream()
        .filter(message -> message.path("on_behalf_of").asText("").equals(ben.id()))
        .toList();
  }

  History history() {
    return suite.history(anna, room);
  }

  /** Fails if the AI says anything here for a while, longer than the grace. */
  void assertSilence() {
    Awaitility.await("the AI keeps silent")
        .during(Duration.ofMillis(2_500))
        .atMost(Duration.ofSeconds(6))
        .pollInterval(Duration.ofMillis(250))
        .until(
            () ->
                history().messages().stream()
                    .noneMatch(m -> m.path("message_type").asText().equals("assistant")));
  }

  JsonNode digest() {
    Response answer =
        suite.rest().as(ben).get("/api/v1/conversations/" + room + "/stand-in/digest");
    answer.then().statusCode(200);
    return Rest.json(answer);
  }

  /** Holds Anna's socket against what is stored. */
  History check() {
    return Delivered.asReadBy(suite, anna).to(annas).check(room);
  }

  @Override
  public void close() {
    annas.close();
    if (bens != null) {
      bens.close();
    }
  }
}

package dev.confab.systemtests.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.client.PlainClient;
import dev.confab.systemtests.client.V1Client;
import dev.confab.systemtests.delivery.History;
import dev.confab.systemtests.suite.Rest;
import dev.confab.systemtests.suite.Suite;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;

/**
 * One of everything that somebody can have, each with a word in it that stands nowhere else: all
 * that must stay with its owner.
 */
public final class Belongings {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int WORD_LETTERS = 16;
  private static final String CONVERSATIONS = "/api/v1/conversations";
  private static final String ASSISTANTS = "/api/v1/assistants";

  private final Suite suite;
  private final Person owner;
  private final Person mate;
  private final Person other;
  private final Map<String, String> words = new LinkedHashMap<>();
  private final Set<String> ids = new LinkedHashSet<>();
  private final List<String> conversations = new ArrayList<>();
  private final List<Ids> sets = new ArrayList<>();
  private final String label = "label-" + word("label");
  private final String clientKey = UUID.randomUUID().toString();

  private Belongings(Suite suite, Person mate, Person other) {
    this.suite = suite;
    this.owner = suite.newPerson();
    this.mate = mate;
    this.other = other;
  }

  /**
   * Makes them, for somebody new.
   *
   * @param mate takes part in some of the conversations
   * @param other might take part in them
   */
  public static Belongings of(Suite suite, Person mate, Person other) {
    Belongings made = new Belongings(suite, mate, other);
    made.make();
    return made;
  }

  /** Whose they are. */
  public Person owner() {
    return owner;
  }

  /** The words in them, by where they stand. */
  public Map<String, String> words() {
    return words;
  }

  /** All conversations, in whatever state they are. */
  public List<String> conversations() {
    return conversations;
  }

  /** The owner's label of a session. */
  public String label() {
    return label;
  }

  /** Several sets of ids that belong together; for every operation one of them fits. */
  public List<Ids> idSets() {
    return sets;
  }

  /** What of these shows in a text, by its place; secret ids only where they tell something. */
  public List<String> shownIn(String text, boolean alsoIds) {
    List<String> shown = new ArrayList<>();
    words.forEach(
        (place, word) -> {
          if (text.contains(word)) {
            shown.add("the " + place);
          }
        });
    if (alsoIds && ids.stream().anyMatch(text::contains)) {
      shown.add("an id");
    }
    return shown;
  }

  private String word(String place) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < WORD_LETTERS; i++) {
      word.append((char) ('a' + ThreadLocalRandom.current().nextInt(26)));
    }
    words.put(place, word.toString());
    return word.toString();
  }

  private void make() {
    String assistant = id(post(ASSISTANTS, assistantWish()));
    String talk =
        conversation(
            Map.of(
                "kind", "assistant",
                "title", word("title"),
                "settings", Map.of("system_prompt", word("settings")),
                "participants", List.of(mate.id())));
    String room =
        conversation(
            Map.of(
                "kind", "room",
                "title", word("room's title"),
                "participants", List.of(mate.id())));
    String closed = conversation(Map.of("kind", "assistant", "title", word("closed title")));
    String begun = id(post(ASSISTANTS + '/' + assistant + "/conversations", Map.of()));
    conversations.add(begun);
    String signIn = only("/api/v1/auth/sessions", suite.rest().login(owner));
    Response made = post("/api/v1/auth/tokens", Map.of("name", word("name of a token")));
    ids.add(Rest.json(made).path("token").asText());
    JsonNode link = Rest.json(post(CONVERSATIONS + '/' + room + "/invitations", Map.of()));
    post(CONVERSATIONS + '/' + room + "/assistants", Map.of("assistant_id", assistant));
    ids.add(link.path("id").asText());
    ids.add(link.path("token").asText());
    Map<Kind, String> common =
        Map.of(
            Kind.ASSISTANT, assistant,
            Kind.SIGN_IN, signIn,
            Kind.API_TOKEN, id(made),
            Kind.CLIENT_KEY, clientKey,
            Kind.INVITATION, link.path("id").asText(),
            Kind.INVITATION_TOKEN, link.path("token").asText(),
            Kind.EMOJI, Ids.EMOJI,
            Kind.SITE, UUID.randomUUID().toString(),
            Kind.CANNED_REPLY, UUID.randomUUID().toString());
    try (V1Client client = suite.connect(suite.gatewayA(), owner)) {
      String turn = told(client, talk, word("message"), clientKey, true);
      String reply = replyTo(talk, turn, 1);
      post(message(talk, turn) + "/regenerate", Map.of());
      String alternative = replyTo(talk, turn, 2);
      put(message(talk, reply) + "/feedback", word("comment"));
      conversations.add(
          id(post(CONVERSATIONS + '/' + talk + "/branch", Map.of("message_id", reply))));
      ids.add(alternative);
      add("one's own turn", common, talk, turn, other.id());
      add("one's own reply", common, talk, reply, mate.id());
      String inRoom = told(client, room, word("room's message"), null, false);
      add("one's own in a room", common, room, inRoom, mate.id());
      String atLast = told(client, closed, word("closed message"), null, true);
      replyTo(closed, atLast, 1);
      suite.rest().as(owner).delete(CONVERSATIONS + '/' + closed).then().statusCode(204);
      add("one's own and closed", common, closed, atLast, mate.id());
    }
    labelled(common);
  }

  private Map<String, Object> assistantWish() {
    return Map.of(
        "name", word("assistant's name"),
        "description", word("assistant's description"),
        "system_prompt", word("assistant's prompt"),
        "starter_questions", List.of(word("starter question")));
  }

  private void labelled(Map<Kind, String> common) {
    String path = "/ws/chat/" + label + "/?token=" + owner.accessToken();
    try (PlainClient client = PlainClient.open(suite.gatewayB(), path, Map.of())) {
      client.send("{'type':'chat_message','data':{'message':'" + word("message by label") + "'}}");
      client.await("stream_complete");
    }
    JsonNode items = get(CONVERSATIONS + "?state=active").path("items");
    for (JsonNode item : items) {
      String id = item.path("id").asText();
      if (!conversations.contains(id)) {
        conversations.add(id);
        ids.add(id);
        String turn = suite.history(owner, id).turns().getFirst().path("id").asText();
        add("one's own by a label", common, id, turn, mate.id());
      }
    }
    assertThat(sets).hasSize(5);
  }

  private void add(String what, Map<Kind, String> common, String talk, String message, String u) {
    Map<Kind, String> set = new HashMap<>(common);
    set.put(Kind.CONVERSATION, talk);
    set.put(Kind.MESSAGE, message);
    set.put(Kind.USER, u);
    set.put(Kind.HISTORY, suite.history(owner, talk).conversation().path("history").asText());
    ids.add(message);
    ids.add(set.get(Kind.HISTORY));
    sets.add(new Ids(what, set));
  }

  private String told(V1Client client, String talk, String word, String key, boolean answered) {
    String text = "Tell me about " + word;
    String id = client.say(talk, text, key == null ? UUID.randomUUID().toString() : key);
    String turn = client.awaitAck(id).data().path("message_id").asText();
    if (answered) {
      client.awaitReplyEnd(turn, PATIENCE);
    }
    return turn;
  }

  /** Id of the newest reply, once so many have ended. */
  private String replyTo(String talk, String turn, int count) {
    History history =
        Awaitility.await("replies")
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(50))
            .until(
                () -> suite.history(owner, talk),
                now -> now.nothingRuns() && now.repliesTo(turn).size() == count);
    return history.repliesTo(turn).getLast().path("id").asText();
  }

  private String conversation(Map<String, Object> wish) {
    String id = id(post(CONVERSATIONS, wish));
    conversations.add(id);
    return id;
  }

  private static String message(String talk, String message) {
    return CONVERSATIONS + '/' + talk + "/messages/" + message;
  }

  private String id(Response made) {
    String id = Rest.json(made).path("id").asText();
    assertThat(id).isNotEmpty();
    ids.add(id);
    return id;
  }

  /** Id of the sign-in that a person's token belongs to. */
  private String only(String path, Person signedIn) {
    Response answer = suite.rest().as(signedIn).get(path);
    answer.then().statusCode(200);
    for (JsonNode session : Rest.json(answer).path("items")) {
      ids.add(session.path("id").asText());
      if (session.path("current").asBoolean()) {
        return session.path("id").asText();
      }
    }
    throw new AssertionError("no current sign-in");
  }

  private Response post(String path, Map<String, Object> body) {
    Response answer = suite.rest().as(owner).body(body).post(path);
    assertThat(answer.statusCode()).as(path).isBetween(200, 299);
    return answer;
  }

  private void put(String path, String comment) {
    suite
        .rest()
        .as(owner)
        .body(Map.of("value", "up", "comment", comment))
        .put(path)
        .then()
        .statusCode(200);
  }

  private JsonNode get(String path) {
    Response answer = suite.rest().as(owner).get(path);
    answer.then().statusCode(200);
    return Rest.json(answer);
  }

  /** Cursors that the owner's lists go on with. */
  public List<String> cursors() {
    List<String> cursors = new ArrayList<>();
    for (String list :
        List.of(
            CONVERSATIONS + "?limit=1",
            ASSISTANTS + "?mine=true&limit=1",
            "/api/v1/search?limit=1&q=tell")) {
      String cursor = get(list).path("next_cursor").asText("");
      if (!cursor.isEmpty() && !cursor.equals("null")) {
        cursors.add(cursor);
      }
    }
    assertThat(cursors).isNotEmpty();
    return cursors;
  }

  /** All of it as it stands now. */
  public List<JsonNode> standing() {
    List<JsonNode> all = new ArrayList<>();
    for (String state : List.of("active", "archived", "deleted")) {
      all.add(get(CONVERSATIONS + "?state=" + state));
    }
    for (String id : conversations) {
      History history = suite.history(owner, id);
      all.add(history.conversation());
      all.addAll(history.messages());
    }
    all.add(get(ASSISTANTS + "?mine=true"));
    all.add(get("/api/v1/stats"));
    all.add(get("/api/v1/auth/me"));
    all.add(get("/api/v1/auth/sessions"));
    all.add(get("/api/v1/auth/tokens"));
    return all;
  }

  /** Waits until what is made beside the path is there: index, counts, title; returns the rest. */
  public List<JsonNode> atRest() {
    for (String place : List.of("message", "room's message", "message by label")) {
      Awaitility.await("search finds the " + place)
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> !get("/api/v1/search?q=" + words.get(place)).path("items").isEmpty());
    }
    List<List<JsonNode>> seen = new ArrayList<>();
    Awaitility.await("nothing changes any more")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(700))
        .until(
            () -> {
              seen.add(standing());
              return seen.size() > 1 && seen.getLast().equals(seen.get(seen.size() - 2));
            });
    return seen.getLast();
  }
}

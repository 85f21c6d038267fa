package dev.confab.chat;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.Api.Person;
import dev.confab.chat.Desk.Opened;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators see and do; whose site it is not, finds nothing. */
@QuarkusTest
@QuarkusTestResource(value = TestTokens.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = ModelServer.class, restrictToAnnotatedClass = true)
class DeskIT {
  private static final String DIALOGS = "/api/v1/support/dialogs";

  @Inject ObjectMapper json;

  private final Person olga = Person.any("Olga");
  private final Person otto = Person.any("Otto");
  private final Person stranger = Person.any("Stranger");
  private Desk desk;
  private String site;
  private String otherSite;

  @BeforeEach
  void setUp() {
    desk = new Desk(Person.any("Admin"));
    site = desk.site(Map.of("name", "Shop"));
    otherSite = desk.site(Map.of("name", "Other"));
    desk.operators(site, olga, otto);
    desk.operators(otherSite, stranger);
  }

  private Opened dialog() {
    return desk.visitor(site, Map.of("name", "Vera"));
  }

  private Response as(Person operator, String method, String path, Object body) {
    return desk.as(operator, "operator", method, path, body);
  }

  private Response get(Person operator, String path) {
    return as(operator, "GET", path, null);
  }

  @Test
  void theQueueIsLedByWhoWaitsLongest() {
    Opened first = dialog().handOff();
    Opened second = dialog().handOff();
    Opened talking = dialog();
    first.say("Hello?");
    first.say("Anybody?");

    String path = DIALOGS + "?state=waiting&site_id=" + site;
    get(olga, path)
        .then()
        .statusCode(200)
        .body("items.conversation.id", contains(first.id(), second.id()))
        .body("items[0].unanswered", is(2))
        .body("items[0].last_message.content", is("Anybody?"))
        .body("items[0].waiting_since", notNullValue())
        .body("items[0].waiting_seconds", greaterThanOrEqualTo(0))
        .body("items[0].visitor.name", is("Vera"))
        .body("items[0].operator_id", nullValue())
        .body("items[1].unanswered", is(0));
    String cursor =
        get(olga, path + "&limit=1")
            .then()
            .body("items.conversation.id", contains(first.id()))
            .extract()
            .path("next_cursor");
    get(olga, path + "&limit=1&cursor=" + cursor)
        .then()
        .body("items.conversation.id", contains(second.id()))
        .body("next_cursor", nullValue());
    get(olga, DIALOGS + "?state=assistant&site_id=" + site)
        .then()
        .body("items.conversation.id", contains(talking.id()))
        .body("items[0].waiting_since", nullValue());
    get(olga, DIALOGS + "?site_id=" + site + "&limit=2")
        .then()
        .body("items.conversation.id", contains(talking.id(), second.id()));
    get(olga, DIALOGS + "?state=strange").then().statusCode(400).body("field", is("state"));
    get(olga, DIALOGS + "?cursor=x").then().statusCode(400).body("field", is("cursor"));
  }

  @Test
  void whoClaimsOneIsNamed() {
    Opened dialog = dialog().handOff();

    as(olga, "POST", DIALOGS + "/" + dialog.id() + "/claim", Map.of()).then().statusCode(200);

    get(otto, DIALOGS + "/" + dialog.id())
        .then()
        .body("conversation.owner", is("operator"))
        .body("operator_id", is(olga.id().toString()))
        .body("operator_name", is("Olga"))
        .body("waiting_since", nullValue());
    get(olga, DIALOGS + "?mine=true").then().body("items.conversation.id", contains(dialog.id()));
    get(otto, DIALOGS + "?mine=true").then().body("items", empty());
    // Who is at the desk is noted some moments later.
    await()
        .untilAsserted(
            () ->
                get(otto, "/api/v1/support/operators?site_id=" + site)
                    .then()
                    .body(
                        "items.find { it.user_id == '%s' }.open_dialogs".formatted(olga.id()),
                        is(1)));
  }

  @Test
  void whoseSiteItIsNotFindsNothing() {
    Opened dialog = dialog().handOff();
    Opened other = dialog();
    String path = DIALOGS + "/" + dialog.id();

    get(stranger, DIALOGS + "?state=waiting")
        .then()
        .body("items.conversation.id", not(hasItem(dialog.id())));
    get(stranger, DIALOGS + "?site_id=" + site).then().statusCode(404);
    for (String what : List.of("", "/backstage", "/visitor")) {
      get(stranger, path + what).then().statusCode(404);
      desk.as(stranger, "user", "GET", path + what, null).then().statusCode(403);
      other.ask("GET", path + what, null).then().statusCode(403);
      dialog.ask("GET", path + what, null).then().statusCode(403);
      given().get(path + what).then().statusCode(401);
    }
    as(stranger, "PUT", path + "/tags", Map.of("tags", List.of("x"))).then().statusCode(404);
    as(stranger, "POST", path + "/suggest", null).then().statusCode(404);
    dialog.ask("PUT", path + "/tags", Map.of("tags", List.of("x"))).then().statusCode(403);
    dialog.ask("POST", path + "/suggest", null).then().statusCode(403);
    dialog.ask("GET", DIALOGS, null).then().statusCode(403);
    dialog.ask("GET", "/api/v1/support/operators", null).then().statusCode(403);
    dialog.ask("GET", "/api/v1/support/canned", null).then().statusCode(403);
    dialog.ask("GET", "/api/v1/support/sites", null).then().statusCode(403);
    dialog.ask("POST", DIALOGS + "/next", null).then().statusCode(403);
    get(stranger, "/api/v1/support/operators?site_id=" + site).then().statusCode(404);
    get(olga, DIALOGS + "/" + UUID.randomUUID()).then().statusCode(404);
    desk.as(stranger, "admin", "GET", path, null).then().statusCode(200);
  }

  @Test
  void tagsAreTheOperatorsOwn() {
    Opened dialog = dialog();
    String path = DIALOGS + "/" + dialog.id();

    as(olga, "PUT", path + "/tags", Map.of("tags", List.of(" refund ", "vip", "vip")))
        .then()
        .statusCode(200)
        .body("tags", contains("refund", "vip"));
    get(otto, DIALOGS + "?tag=refund&site_id=" + site)
        .then()
        .body("items.conversation.id", contains(dialog.id()));
    get(otto, DIALOGS + "?tag=other&site_id=" + site).then().body("items", empty());
    assertThat(
            dialog
                .ask("GET", "/api/v1/conversations/" + dialog.id(), null)
                .then()
                .statusCode(200)
                .extract()
                .asString())
        .doesNotContain("refund");
    for (Object bad : List.of(List.of(""), List.of("x".repeat(41)), tooMany())) {
      as(olga, "PUT", path + "/tags", Map.of("tags", bad))
          .then()
          .statusCode(400)
          .body("field", is("tags"));
    }
    as(olga, "PUT", path + "/tags", Map.of("tags", List.of())).then().body("tags", empty());
  }

  private static List<String> tooMany() {
    List<String> tags = new ArrayList<>();
    for (int i = 0; i <= 20; i++) {
      tags.add("t" + i);
    }
    return tags;
  }

  @Test
  void aVisitorRatesTheirOwnDialogWhenItIsClosed() {
    Opened dialog = dialog();
    Opened other = dialog();
    String path = DIALOGS + "/" + dialog.id() + "/rating";
    Map<String, Object> good = Map.of("score", 5, "comment", " Thank you! ");

    dialog.ask("POST", path, good).then().statusCode(409).body("code", is("CONFLICT"));
    as(olga, "POST", DIALOGS + "/" + dialog.id() + "/claim", Map.of()).then().statusCode(200);
    as(olga, "POST", DIALOGS + "/" + dialog.id() + "/close", Map.of()).then().statusCode(200);
    dialog
        .ask("POST", path, good)
        .then()
        .statusCode(200)
        .body("score", is(5))
        .body("comment", is("Thank you!"))
        .body("rated_at", notNullValue());
    dialog.ask("POST", path, Map.of("score", 2)).then().statusCode(200).body("score", is(2));
    get(olga, DIALOGS + "/" + dialog.id())
        .then()
        .body("rating.score", is(2))
        .body("rating.comment", nullValue());
    other.ask("POST", path, good).then().statusCode(404);
    as(olga, "POST", path, good).then().statusCode(403);
    dialog.ask("POST", path, Map.of("score", 6)).then().statusCode(400).body("field", is("score"));
    dialog.ask("POST", path, Map.of()).then().statusCode(400).body("field", is("score"));
  }

  @Test
  void aBrowserIsKnownAgainWithinTheSitesThatOneWorks() {
    String key = "key-" + UUID.randomUUID();
    Opened earlier = desk.visitor(site, Map.of("key", key));
    Opened elsewhere = desk.visitor(otherSite, Map.of("key", key));
    Opened dialog =
        desk.visitor(site, Map.of("key", key, "page", "https://shop.test/a", "title", "Shoes"));
    String path = DIALOGS + "/" + dialog.id() + "/visitor";

    get(olga, path)
        .then()
        .statusCode(200)
        .body("visitor.page", is("https://shop.test/a"))
        .body("visitor.title", is("Shoes"))
        .body("earlier.conversation_id", contains(earlier.id()));
    desk.as(stranger, "admin", "GET", path, null)
        .then()
        .body("earlier.conversation_id", contains(elsewhere.id(), earlier.id()));
    page(dialog, Map.of("url", "javascript:alert(1)", "title", "x")).then().statusCode(204);
    get(olga, path).then().body("visitor.page", nullValue());
    page(dialog, Map.of("url", "https://shop.test/b")).then().statusCode(204);
    get(olga, DIALOGS + "/" + dialog.id())
        .then()
        .body("visitor.page", is("https://shop.test/b"))
        .body("visitor.title", nullValue());
  }

  private static Response page(Opened dialog, Map<String, Object> page) {
    return given()
        .auth()
        .oauth2(TestTokens.service())
        .contentType("application/json")
        .body(page)
        .put("/internal/support/dialogs/" + dialog.id() + "/page");
  }

  @Test
  void cannedRepliesBelongToTheirSite() {
    String path = "/api/v1/support/canned";
    String shortcut = "hi" + UUID.randomUUID();
    Map<String, Object> ofSite = Map.of("shortcut", shortcut, "text", "Hello!", "site_id", site);
    String id = as(olga, "POST", path, ofSite).then().statusCode(201).extract().path("id");
    String ofAll =
        as(olga, "POST", path, Map.of("shortcut", shortcut, "text", "Hi!"))
            .then()
            .statusCode(201)
            .extract()
            .path("id");

    as(olga, "POST", path, ofSite).then().statusCode(409).body("field", is("shortcut"));
    as(stranger, "POST", path, ofSite).then().statusCode(404);
    as(olga, "POST", path, Map.of("shortcut", "x", "text", "")).then().statusCode(400);
    get(otto, path + "?site_id=" + site)
        .then()
        .body("items.id", hasItem(id))
        .body("items.id", hasItem(ofAll));
    get(stranger, path).then().body("items.id", not(hasItem(id))).body("items.id", hasItem(ofAll));
    get(stranger, path + "/" + id).then().statusCode(404);
    as(stranger, "DELETE", path + "/" + id, null).then().statusCode(404);
    as(stranger, "PUT", path + "/" + id, Map.of("shortcut", "x", "text", "y"))
        .then()
        .statusCode(404);
    as(otto, "PUT", path + "/" + id, Map.of("shortcut", shortcut, "text", "Hey!", "site_id", site))
        .then()
        .statusCode(200)
        .body("text", is("Hey!"));
    as(otto, "DELETE", path + "/" + id, null).then().statusCode(204);
    get(olga, path + "/" + id).then().statusCode(404);
  }

  @Test
  void aSuggestionIsSeenByNobodyElse() {
    Opened dialog = dialog().handOff();
    dialog.say("Where is my parcel?");
    String messages = "/api/v1/conversations/" + dialog.id() + "/messages";
    String before = dialog.ask("GET", messages, null).asString();

    as(olga, "POST", DIALOGS + "/" + dialog.id() + "/suggest", null)
        .then()
        .statusCode(200)
        .body("text", containsString("support operator"))
        .body("text", containsString("Where is my parcel?"));

    assertThat(dialog.ask("GET", messages, null).asString()).isEqualTo(before);
  }

  @Test
  void theNextOneGoesToOneOperatorEach() throws Exception {
    List<String> waiting = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      waiting.add(dialog().handOff().id());
    }
    List<Callable<String>> asking = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Person operator = i % 2 == 0 ? olga : otto;
      asking.add(() -> next(operator));
    }

    List<String> got = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<String> each : threads.invokeAll(asking)) {
        got.add(each.get());
      }
    }

    assertThat(got).containsAll(waiting);
    assertThat(got).filteredOn(each -> each == null).hasSize(2);
    as(stranger, "POST", DIALOGS + "/next", Map.of("site_id", site)).then().statusCode(404);
  }

  private String next(Person operator) {
    Response answer = as(operator, "POST", DIALOGS + "/next", Map.of("site_id", site));
    if (answer.statusCode() == 204) {
      return null;
    }
    answer.then().statusCode(200).body("operator_id", is(operator.id().toString()));
    return answer.path("conversation.id");
  }

  @Test
  void waitingDialogsAreGivenToWhoHasTheFewest() {
    desk.patchSite(site, Map.of("auto_assign", true));
    // Both are at the desk, one of them busy already.
    get(olga, DIALOGS).then().statusCode(200);
    get(otto, DIALOGS).then().statusCode(200);
    Opened busy = dialog();
    as(olga, "POST", DIALOGS + "/" + busy.id() + "/claim", Map.of()).then().statusCode(200);

    Opened waiting = dialog().handOff();

    await()
        .untilAsserted(
            () ->
                get(otto, DIALOGS + "/" + waiting.id())
                    .then()
                    .body("operator_id", is(otto.id().toString()))
                    .body("operator_name", is("Otto")));
  }

  private boolean isOfASite(String dialog) {
    return desk.as(stranger, "admin", "GET", DIALOGS + "/" + dialog, null).path("site_id") != null;
  }

  @Test
  void whatGatewaysShowToWatchersSaysWhoMaySeeIt() {
    Opened dialog = dialog();
    String anyones = desk.openInternally(Map.of("assistant_id", "default")).get("conversation_id");

    given()
        .auth()
        .oauth2(TestTokens.service())
        .contentType("application/json")
        .body(
            Map.of(
                "dialog_ids",
                List.of(dialog.id(), anyones, UUID.randomUUID().toString(), "x"),
                "watchers",
                List.of(Map.of("user_id", olga.id().toString(), "name", "Olga"))))
        .post("/internal/support/desk")
        .then()
        .statusCode(200)
        .body("dialogs", hasSize(2))
        .body(
            "dialogs.find { it.dialog.conversation.id == '%s' }.operators.size()"
                .formatted(dialog.id()),
            is(2))
        .body(
            "dialogs.find { it.dialog.conversation.id == '%s' }.operators == null"
                .formatted(anyones),
            is(!isOfASite(anyones)));
    as(olga, "POST", "/internal/support/desk", Map.of()).then().statusCode(403);
  }
}

package dev.confab.chat;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.Api.Person;
import dev.confab.contracts.chat.Changes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sites, and the dialogs that visitors open there. */
@QuarkusTest
@QuarkusTestResource(value = TestTokens.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = ModelServer.class, restrictToAnnotatedClass = true)
class SupportDialogsIT {
  private static final String SHOP = "https://shop.example.org";

  @Inject ObjectMapper json;

  private final Person admin = Person.any("Admin");
  private Api api;
  private Desk desk;

  @BeforeEach
  void setUp() {
    api = new Api(json);
    desk = new Desk(admin);
  }

  private String assistant(boolean isPublic) {
    return api.as(
            admin,
            "POST",
            "/api/v1/assistants",
            Map.of("name", "Clerk", "system_prompt", "Sell.", "is_public", isPublic))
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  @Test
  void aSiteIsMadeChangedAndTakenAway() {
    String site =
        desk.site(
            Map.of(
                "name",
                "Shop",
                "origins",
                List.of("https://Shop.example.org/", "https://*.example.net"),
                "greeting",
                "Welcome!",
                "office_hours",
                Map.of(
                    "time_zone",
                    "Europe/Berlin",
                    "weekly",
                    List.of(Map.of("day", "monday", "from", "09:00", "to", "17:00")))));
    String path = "/api/v1/support/sites/" + site;

    desk.as(admin, "admin", "GET", path, null)
        .then()
        .statusCode(200)
        .body("origins", contains(SHOP, "https://*.example.net"))
        .body("office_hours.weekly[0].from", is("09:00"))
        .body("token_required", is(false))
        .body("operators", hasSize(0));
    desk.as(admin, "admin", "PATCH", path, "{\"greeting\":null,\"auto_assign\":true}")
        .then()
        .statusCode(200)
        .body("greeting", nullValue())
        .body("auto_assign", is(true))
        .body("name", is("Shop"));
    desk.as(admin, "admin", "DELETE", path, null).then().statusCode(204);
    desk.as(admin, "admin", "GET", path, null).then().statusCode(404);
    desk.open(Map.of("site_id", site), null).then().statusCode(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}; name",
        "{'name':''}; name",
        "{'name':'x','origins':['example.org']}; origins",
        "{'name':'x','office_hours':{'time_zone':'x','weekly':[]}}; office_hours.time_zone",
        "{'name':'x','token_required':'yes'}; token_required",
      })
  void whatNoSiteCanBeIsRefused(String body, String field) {
    desk.as(admin, "admin", "POST", "/api/v1/support/sites", body.replace('\'', '"'))
        .then()
        .statusCode(400)
        .body("field", is(field));
  }

  @Test
  void onlyAdministratorsWriteAndOperatorsSeeWhatTheyWork() {
    Person operator = Person.any("Olga");
    Person other = Person.any("Otto");
    String site = desk.site(Map.of("name", "Shop"));
    String path = "/api/v1/support/sites/" + site;
    desk.operators(site, operator);

    desk.as(operator, "operator", "GET", path, null).then().statusCode(200);
    desk.as(other, "operator", "GET", path, null).then().statusCode(404);
    desk.as(operator, "operator", "GET", "/api/v1/support/sites", null)
        .then()
        .body("items.id", hasItem(site));
    desk.as(other, "operator", "GET", "/api/v1/support/sites", null)
        .then()
        .body("items.id", not(hasItem(site)));
    for (String role : List.of("operator", "user", "guest")) {
      desk.as(operator, role, "POST", "/api/v1/support/sites", Map.of("name", "x"))
          .then()
          .statusCode(403);
      desk.as(operator, role, "PATCH", path, Map.of("name", "x")).then().statusCode(403);
      desk.as(operator, role, "DELETE", path, null).then().statusCode(403);
    }
    desk.as(other, "user", "GET", path, null).then().statusCode(403);
    desk.as(admin, "admin", "PUT", path + "/operators", Map.of("user_ids", List.of("x")))
        .then()
        .statusCode(400)
        .body("field", is("user_ids"));
  }

  @Test
  void aVisitorOpensADialogThatBeginsWithTheGreeting() {
    String assistant = assistant(false);
    String site =
        desk.site(
            Map.of(
                "name",
                "Shop",
                "greeting",
                "Welcome!",
                "assistant_id",
                assistant,
                "origins",
                List.of(SHOP)));

    JsonPath opened =
        desk.open(Map.of("site_id", site, "name", "Vera"), SHOP)
            .then()
            .statusCode(201)
            .body("greeting", is("Welcome!"))
            .body("conversation.kind", is("support"))
            .body("conversation.owner", is("assistant"))
            .body("conversation.site_id", is(site))
            .body("conversation.assistant_id", is(assistant))
            .body("conversation.assistant_name", is("Clerk"))
            .body("conversation.settings.system_prompt", nullValue())
            .body("conversation.participants.role", contains("member"))
            .body("conversation.participants.name", contains("Vera"))
            .extract()
            .jsonPath();

    String id = opened.getString("conversation.id");
    assertThat(UUID.fromString(id).version()).isEqualTo(4);
    Changes changes = api.changes(id, "after_seq=0");
    assertThat(changes.messages())
        .singleElement()
        .satisfies(
            greeting -> {
              assertThat(greeting.content()).isEqualTo("Welcome!");
              assertThat(greeting.messageType()).isEqualTo("assistant");
              assertThat(greeting.senderName()).isEqualTo("Clerk");
              assertThat(greeting.seq()).isEqualTo(2);
            });
  }

  @Test
  void foreignOriginsAreRefused() {
    String site = desk.site(Map.of("name", "Shop", "origins", List.of(SHOP)));
    Map<String, Object> asked = Map.of("site_id", site);

    desk.open(asked, "https://evil.test").then().statusCode(403).body("code", is("FORBIDDEN"));
    desk.open(asked, "null").then().statusCode(403);
    desk.open(asked, SHOP).then().statusCode(201);
    desk.open(asked, null).then().statusCode(201);
    String id = desk.openInternally(Map.of("site_id", site)).getString("conversation_id");
    access(id, "https://evil.test").then().body("origin_allowed", is(false));
    access(id, SHOP).then().body("origin_allowed", is(true));
    access(id, null).then().body("origin_allowed", is(true));
  }

  @Test
  void anAssistantLeadsToItsOldestSite() {
    String assistant = assistant(false);
    String first =
        desk.site(Map.of("name", "First", "assistant_id", assistant, "token_required", true));
    desk.site(Map.of("name", "Second", "assistant_id", assistant));

    JsonPath opened = desk.openInternally(Map.of("assistant_id", assistant));

    assertThat(opened.getString("site_id")).isEqualTo(first);
    assertThat(opened.getString("assistant_id")).isEqualTo(assistant);
    access(opened.getString("conversation_id"), null)
        .then()
        .statusCode(200)
        .body("assistant_id", is(assistant))
        .body("visitor_id", is(opened.getString("visitor_id")))
        .body("owner", is("assistant"))
        .body("token_required", is(true));
  }

  @Test
  void anAssistantWithoutASiteIsOpenToAllIfItIsPublic() {
    String open = assistant(true);
    String closed = assistant(false);

    desk.open(Map.of("assistant_id", open), "https://anywhere.test")
        .then()
        .statusCode(201)
        .body("conversation.assistant_id", is(open))
        .body("conversation.site_id", nullValue());
    desk.open(Map.of("assistant_id", closed), null).then().statusCode(404);
    desk.open(Map.of("assistant_id", UUID.randomUUID().toString()), null).then().statusCode(404);
    desk.open(Map.of("assistant_id", "no model"), null).then().statusCode(404);
    desk.open(Map.of("site_id", "nowhere"), null).then().statusCode(404);
    desk.open(Map.of(), null).then().statusCode(400).body("field", is("site_id"));
    desk.open(Map.of("assistant_id", "default"), null)
        .then()
        .statusCode(201)
        .body("conversation.assistant_id", nullValue())
        .body("visitor_token", notNullValue());
  }

  @Test
  void whatAVisitorSaysOfThemselvesIsChecked() {
    desk.open(Map.of("assistant_id", "default", "name", "n".repeat(81)), null)
        .then()
        .statusCode(400)
        .body("field", is("name"));
    desk.open(Map.of("assistant_id", "default", "key", "short"), null)
        .then()
        .statusCode(400)
        .body("field", is("key"));
  }

  @Test
  void onlyGatewaysUseTheInternalPaths() {
    String id = desk.openInternally(Map.of("assistant_id", "default")).getString("conversation_id");
    String path = "/internal/support/dialogs";

    for (String role : List.of("visitor", "user", "operator", "admin")) {
      desk.as(admin, role, "POST", path, Map.of("assistant_id", "default")).then().statusCode(403);
      desk.as(admin, role, "GET", path + "/" + id, null).then().statusCode(403);
      desk.as(admin, role, "PUT", path + "/" + id + "/page", Map.of()).then().statusCode(403);
    }
    access(UUID.randomUUID().toString(), null).then().statusCode(404);
    access(api.create(admin, "assistant"), null).then().statusCode(404);
  }

  private static Response access(String id, String origin) {
    var request = given().auth().oauth2(TestTokens.service());
    Map<String, String> query = new HashMap<>();
    if (origin != null) {
      query.put("origin", origin);
    }
    return request.queryParams(query).get("/internal/support/dialogs/" + id);
  }
}

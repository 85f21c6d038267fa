package dev.confab.gateway.dialog;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.confab.gateway.Neighbours;
import dev.confab.gateway.security.TestIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class DialogApiIT {
  private static final String SHOP = "https://shop.example";
  private static final String FOREIGN = "https://foreign.example";
  private static final String ALLOWED = "Access-Control-Allow-Origin";
  private static final String HELLO = "{\"sender\":\"user\",\"text\":\"hi\",\"client_id\":\"k\"}";

  private final TestIssuer issuer = TestIssuer.known();

  private static RequestSpecification json(String body) {
    return given().contentType("application/json").body(body);
  }

  private RequestSpecification as(String role) {
    return given().header("Authorization", "Bearer " + issuer.tokenOf(role, "u"));
  }

  @Test
  void aVisitorBeginsADialog() {
    json("{\"assistant_id\":\"a\"}")
        .header("Origin", SHOP)
        .post("/api/widget/dialogs")
        .then()
        .statusCode(201)
        .header(ALLOWED, equalTo(SHOP))
        .header("Vary", equalTo("Origin"))
        .header("Access-Control-Allow-Credentials", nullValue())
        .body("id", equalTo("d1"))
        .body("assistant_id", equalTo("a"))
        .body("visitor_token", equalTo("token"));
    json("{}")
        .post("/api/widget/dialogs")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("INVALID_VALUE"));
  }

  @Test
  void aForeignPageDoesNot() {
    json("{\"assistant_id\":\"a\"}")
        .header("Origin", FOREIGN)
        .post("/api/widget/dialogs")
        .then()
        .statusCode(403)
        .header(ALLOWED, nullValue())
        .header("Vary", equalTo("Origin"))
        .body("code", equalTo("FORBIDDEN"));
    for (String path : new String[] {"/api/widget/dialogs/d1/messages"}) {
      given().header("Origin", FOREIGN).get(path).then().statusCode(403);
      json(HELLO)
          .header("Origin", FOREIGN)
          .post(path)
          .then()
          .statusCode(403)
          .header(ALLOWED, nullValue());
      given()
          .header("Origin", FOREIGN)
          .options(path)
          .then()
          .statusCode(403)
          .header(ALLOWED, nullValue());
    }
  }

  @Test
  void browsersAreToldWhatAPageMayAsk() {
    for (String path :
        new String[] {
          "/api/widget/dialogs", "/api/widget/dialogs/d1/messages", "/api/v1/support/dialogs"
        }) {
      given()
          .header("Origin", SHOP)
          .header("Access-Control-Request-Method", "POST")
          .options(path)
          .then()
          .statusCode(204)
          .header(ALLOWED, equalTo(SHOP))
          .header("Vary", equalTo("Origin"))
          .header("Access-Control-Allow-Headers", containsString("Content-Type"));
    }
  }

  @Test
  void aVisitorSendsAndPolls() {
    for (int again = 0; again < 2; again++) {
      json(HELLO)
          .post("/api/widget/dialogs/d1/messages")
          .then()
          .statusCode(200)
          .body("user_message.id", equalTo("m-k"))
          .body("user_message.sender", equalTo("user"))
          .body("user_message.text", equalTo("hi"))
          .body("user_message.timestamp", equalTo("2026-01-02T03:04:05Z"))
          .body("user_message.client_id", equalTo("k"));
    }
    given()
        .get("/api/widget/dialogs/d1/messages")
        .then()
        .statusCode(200)
        .body("$", hasSize(1))
        .body("[0].id", equalTo("m2"))
        .body("[0].sender", equalTo("user"));
    given().get("/api/widget/dialogs/d1/messages?after=m2").then().body("$", hasSize(0));
    given().get("/api/widget/dialogs/nothing/messages").then().statusCode(404);
    json("{\"sender\":\"manager\",\"text\":\"hi\"}")
        .post("/api/widget/dialogs/d1/messages")
        .then()
        .statusCode(400);
    json("nonsense").post("/api/widget/dialogs/d1/messages").then().statusCode(400);
    given().delete("/api/widget/dialogs/d1/messages").then().statusCode(405);
  }

  @Test
  void aReloadedWidgetLearnsWhoAnswers() {
    given()
        .get("/api/widget/dialogs/d1")
        .then()
        .statusCode(200)
        .body("id", equalTo("d1"))
        .body("assistant_id", equalTo("a"))
        .body("state", equalTo("assistant"));
    given().get("/api/widget/dialogs/nothing").then().statusCode(404);
    given().header("Origin", FOREIGN).get("/api/widget/dialogs/d1").then().statusCode(403);
  }

  @Test
  void aVisitorsPageIsPassedOn() {
    String page = "{\"url\":\"https://shop.example/boots\",\"title\":\"Boots\"}";
    json(page).put("/api/widget/dialogs/d1/page").then().statusCode(204);
    json(page).put("/api/widget/dialogs/nothing/page").then().statusCode(404);
    json(page).header("Origin", FOREIGN).put("/api/widget/dialogs/d1/page").then().statusCode(403);
  }

  @Test
  void aTokenIsBroughtWhereOneIsDemanded() {
    String token = issuer.visitorToken("dt1", "dt1");
    given().get("/api/widget/dialogs/dt1/messages").then().statusCode(401);
    given()
        .header("Authorization", "Bearer " + token)
        .get("/api/widget/dialogs/dt1/messages")
        .then()
        .statusCode(200);
    given().get("/api/widget/dialogs/dt1/messages?visitor_token=" + token).then().statusCode(200);
    given().get("/api/widget/dialogs/dt2/messages?visitor_token=" + token).then().statusCode(401);
  }

  @Test
  void panelsAreForStaff() {
    for (String path : new String[] {"/api/dialogs", "/api/dialogs/d1/messages"}) {
      given().get(path).then().statusCode(401);
      as("user").get(path).then().statusCode(403);
      given()
          .header("Authorization", "Bearer " + issuer.visitorToken("d1", "d1"))
          .get(path)
          .then()
          .statusCode(403);
      as("operator")
          .header("Origin", SHOP)
          .get(path)
          .then()
          .statusCode(200)
          .header(ALLOWED, nullValue());
    }
    as("operator").get("/api/dialogs/nothing/messages").then().statusCode(404);
    as("operator").get("/api/dialogs/dx/messages").then().statusCode(404);
    as("operator").post("/api/dialogs/d1/whatever").then().statusCode(404);
    as("operator").get("/api/dialogs/d1/claim").then().statusCode(405);
    as("operator").post("/api/dialogs/d1/claim").then().statusCode(200);
  }

  @Test
  void aVisitorsTokenLeadsToOneConversation() {
    String token = "Bearer " + issuer.visitorToken("d1", "d1");
    for (String path :
        new String[] {"/api/v1/conversations/d1", "/api/v1/conversations/d1/messages"}) {
      given()
          .header("Authorization", token)
          .get(path)
          .then()
          .statusCode(200)
          .body("uri", equalTo(path));
      given()
          .header("Authorization", token)
          .header("Origin", SHOP)
          .get(path)
          .then()
          .statusCode(200)
          .header(ALLOWED, equalTo(SHOP));
      given()
          .header("Authorization", token)
          .header("Origin", FOREIGN)
          .get(path)
          .then()
          .statusCode(403)
          .header(ALLOWED, nullValue());
    }
    json("{\"content\":\"hi\"}")
        .header("Authorization", token)
        .header("Origin", SHOP)
        .post("/api/v1/conversations/d1/messages")
        .then()
        .statusCode(200)
        .body("body_length", equalTo(16));
    given().header("Authorization", token).get("/api/v1/conversations/d2").then().statusCode(404);
    for (String path :
        new String[] {
          "/api/v1/conversations", "/api/v1/auth/me", "/api/v1/search?q=x", "/ai-chat/api/sessions/"
        }) {
      given().header("Authorization", token).get(path).then().statusCode(403);
    }
  }

  @Test
  void othersStayWithinTheirOrigin() {
    given()
        .header("Authorization", "Bearer " + issuer.token("u"))
        .header("Origin", SHOP)
        .get("/api/v1/conversations/d1")
        .then()
        .statusCode(200)
        .header(ALLOWED, nullValue());
  }

  @Test
  void v1DialogsAreBegunFromPagesToo() {
    json("{\"assistant_id\":\"a\"}")
        .header("Origin", SHOP)
        .post("/api/v1/support/dialogs")
        .then()
        .statusCode(200)
        .header(ALLOWED, equalTo(SHOP))
        .body("Origin", equalTo(SHOP))
        .body("body_length", equalTo(20));
  }
}

package dev.confab.chat;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.contracts.chat.Actor;
import dev.confab.contracts.chat.Changes;
import dev.confab.contracts.chat.ChatCommand;
import dev.confab.contracts.chat.ChatCommand.SendMessage;
import dev.confab.contracts.chat.Origin;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What gateways and users ask of the service under test. */
final class Api {
  record Person(UUID id, String name) {
    static Person any(String name) {
      return new Person(UUID.randomUUID(), name);
    }

    String token() {
      return TestTokens.user(id, name);
    }

    String token(String role) {
      return TestTokens.role(id, name, role);
    }

    Actor actor() {
      return new Actor(id.toString(), name, Set.of("user"));
    }
  }

  static final Origin ORIGIN = new Origin("gateway-1", "connection-1");

  private final ObjectMapper json;

  Api(ObjectMapper json) {
    this.json = json;
  }

  String create(Person host, String kind, Person... others) {
    List<String> ids = new ArrayList<>();
    for (Person each : others) {
      ids.add(each.id().toString());
    }
    return given()
        .auth()
        .oauth2(host.token())
        .contentType("application/json")
        .body(Map.of("kind", kind, "participants", ids))
        .post("/api/v1/conversations")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  Response as(Person person, String method, String path, Object body) {
    var request = given().auth().oauth2(person.token());
    if (body != null) {
      request = request.contentType("application/json").body(body);
    }
    return request.request(method, path);
  }

  List<JsonNode> commands(ChatCommand... commands) {
    try {
      String body =
          json.writerFor(
                  json.getTypeFactory().constructCollectionType(List.class, ChatCommand.class))
              .writeValueAsString(List.of(commands));
      String answer =
          given()
              .auth()
              .oauth2(TestTokens.service())
              .contentType("application/json")
              .body(body)
              .post("/internal/commands")
              .then()
              .statusCode(200)
              .extract()
              .asString();
      List<JsonNode> outcomes = new ArrayList<>();
      json.readTree(answer).path("outcomes").forEach(outcomes::add);
      return outcomes;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  Changes changes(String conversation, String query) {
    String answer =
        given()
            .auth()
            .oauth2(TestTokens.service())
            .get(
                "/internal/conversations/"
                    + conversation
                    + "/changes"
                    + (query.isEmpty() ? "" : "?" + query))
            .then()
            .statusCode(200)
            .extract()
            .asString();
    try {
      return json.readValue(answer, Changes.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static SendMessage say(Person person, String conversation, String clientId, String content) {
    return new SendMessage(
        UUID.randomUUID().toString(),
        conversation,
        person.actor(),
        ORIGIN,
        clientId,
        content,
        null,
        null);
  }
}

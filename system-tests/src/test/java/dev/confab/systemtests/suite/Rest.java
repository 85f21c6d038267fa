package dev.confab.systemtests.suite;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.systemtests.client.Person;
import dev.confab.systemtests.delivery.History;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * REST v1 through one gateway.
 *
 * @param origin the gateway's base URL
 */
public record Rest(URI origin) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 100;

  /** A request without a token. */
  public RequestSpecification anonymous() {
    return given().baseUri(origin.toString()).contentType(ContentType.JSON);
  }

  /** A request with somebody's token. */
  public RequestSpecification as(Person person) {
    return anonymous().header("Authorization", "Bearer " + person.accessToken());
  }

  /** Registers an account, which signs it in. */
  public Person register(String name) {
    String password = "Pw-" + name + "-9x";
    Response answer =
        anonymous()
            .body(Map.of("username", name, "email", name + "@example.org", "password", password))
            .post("/api/v1/auth/register");
    answer.then().statusCode(201);
    return person(name, password, answer);
  }

  /** Signs in again: another session of the same user. */
  public Person login(Person person) {
    Response answer =
        anonymous()
            .body(Map.of("username", person.name(), "password", person.password()))
            .post("/api/v1/auth/login");
    answer.then().statusCode(200);
    return person(person.name(), person.password(), answer);
  }

  /** Trades the refresh token for another access token of the same session. */
  public Person refresh(Person person) {
    Response answer =
        anonymous()
            .body(Map.of("refresh_token", person.refreshToken()))
            .post("/api/v1/auth/refresh");
    answer.then().statusCode(200);
    return person(person.name(), person.password(), answer);
  }

  private static Person person(String name, String password, Response answer) {
    JsonNode body = json(answer);
    return new Person(
        body.path("user").path("id").asText(),
        name,
        password,
        body.path("access_token").asText(),
        body.path("refresh_token").asText());
  }

  /** Makes a conversation with the AI. */
  public String talk(Person person) {
    return create(person, Map.of("kind", "assistant"));
  }

  /** Makes a conversation with the AI, with settings of its own. */
  public String talk(Person person, Map<String, Object> settings) {
    return create(person, Map.of("kind", "assistant", "settings", settings));
  }

  /** Makes a room without an AI. */
  public String room(Person host, Person... members) {
    return create(
        host,
        Map.of(
            "kind",
            "room",
            "title",
            "Room",
            "participants",
            List.of(members).stream().map(Person::id).toList()));
  }

  private String create(Person person, Map<String, Object> wish) {
    Response answer = as(person).body(new HashMap<>(wish)).post("/api/v1/conversations");
    answer.then().statusCode(201);
    return json(answer).path("id").asText();
  }

  /** A conversation with all its messages. */
  public History history(Person person, String conversationId) {
    List<JsonNode> messages = new ArrayList<>();
    long after = 0;
    while (true) {
      Response answer =
          as(person)
              .queryParam("after_seq", after)
              .queryParam("limit", PAGE)
              .get("/api/v1/conversations/" + conversationId + "/messages");
      answer.then().statusCode(200);
      JsonNode items = json(answer).path("items");
      items.forEach(messages::add);
      if (items.size() < PAGE) {
        break;
      }
      after = messages.getLast().path("seq").asLong();
    }
    Response conversation = as(person).get("/api/v1/conversations/" + conversationId);
    conversation.then().statusCode(200);
    return new History(json(conversation), messages);
  }

  /** A response's body. */
  public static JsonNode json(Response answer) {
    try {
      return JSON.readTree(answer.asByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

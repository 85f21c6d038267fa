package dev.confab.systemtests.suite;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The switches of the demo LLM, for all its callers. Trouble holds until {@link #behave}, which
 * also follows every test.
 *
 * @param url its base URL
 */
public record DemoLlm(URI url) {
  static final String NAME = "demo-llm";
  static final String SECOND = "demo-llm-2";

  /** A message that is answered by some tens of words. */
  public static final String STORY = "Please tell me a story.";

  private static final String TROUBLE = "/admin/trouble";

  /** Speaks this many tokens at this pace. */
  public void pace(int tokensPerSecond, int tokens) {
    order(Map.of("rate", tokensPerSecond, "tokens", tokens));
  }

  /** Keeps silent so long before the first token. */
  public void delay(Duration silence) {
    order(Map.of("delay", silence.toMillis()));
  }

  /** Answers with this HTTP status. */
  public void status(int status) {
    order(Map.of("status", status));
  }

  /** Cuts the connection after some tokens. */
  public void cut(int tokens) {
    order(Map.of("cut", tokens));
  }

  /** Falls silent after some tokens and keeps the connection. */
  public void stall(int tokens) {
    order(Map.of("stall", tokens));
  }

  /** Sends a chunk that is no JSON in place of a token, counted from 1. */
  public void malformed(int token) {
    order(Map.of("malformed", token));
  }

  /** Lists a further model. */
  public void list(String model) {
    change(Map.of("add", Map.of(model, 0)));
  }

  /** Lists a model no longer. */
  public void unlist(String model) {
    change(Map.of("remove", List.of(model)));
  }

  private void change(Map<String, Object> models) {
    given()
        .baseUri(origin())
        .contentType(ContentType.JSON)
        .body(models)
        .post("/admin/models")
        .then()
        .statusCode(200);
  }

  private void order(Map<String, Object> trouble) {
    given()
        .baseUri(origin())
        .contentType(ContentType.JSON)
        .body(trouble)
        .post(TROUBLE)
        .then()
        .statusCode(200);
  }

  /** Ends all trouble. */
  public void behave() {
    given().baseUri(origin()).delete(TROUBLE).then().statusCode(200);
  }

  /** How often it was asked. */
  public long requests() {
    return admin("stats").path("requests").asLong();
  }

  /** How many callers hung up on it before it had finished, since it started. */
  public long hangUps() {
    return admin("stats").path("hangups").asLong();
  }

  /** How many answers are under way. */
  public long running() {
    return admin("stats").path("running").asLong();
  }

  /** What the newest request said, as {@code role: content} lines. */
  public List<String> newestPrompt() {
    return prompts().getLast();
  }

  /** The same of the newest that ends with a message in which these words stand. */
  public List<String> newestPromptEndingWith(String words) {
    return prompts().reversed().stream()
        .filter(prompt -> !prompt.isEmpty() && prompt.getLast().contains(words))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody asked the demo LLM that"));
  }

  private List<List<String>> prompts() {
    List<List<String>> prompts = new ArrayList<>();
    for (JsonNode request : admin("requests").path("requests")) {
      List<String> lines = new ArrayList<>();
      request
          .path("messages")
          .forEach(
              turn -> lines.add(turn.path("role").asText() + ": " + turn.path("content").asText()));
      prompts.add(lines);
    }
    return prompts;
  }

  private JsonNode admin(String what) {
    Response answer = given().baseUri(origin()).get("/admin/" + what);
    answer.then().statusCode(200);
    return Rest.json(answer);
  }

  private String origin() {
    return url.resolve("/").toString();
  }
}

package dev.confab.localstack.demollm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoLlmTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private DemoLlm server;

  @BeforeEach
  void start() throws Exception {
    server = DemoLlm.start(0, 0);
  }

  @AfterEach
  void stop() {
    http.shutdownNow();
    server.close();
  }

  @Test
  void listsItsModels() throws Exception {
    assertThat(get("/v1/models").path("data").findValuesAsText("id")).contains("confab-demo");
  }

  @Test
  void answersWholeWithUsage() throws Exception {
    JsonNode answer = JSON.readTree(post(request("confab-demo", false)).body());

    String text = answer.path("choices").path(0).path("message").path("content").asText();
    JsonNode usage = answer.path("usage");
    assertThat(text).contains("You wrote: \"Hello there\"");
    assertThat(usage.path("prompt_tokens").asInt()).isEqualTo(2);
    assertThat(usage.path("completion_tokens").asInt()).isEqualTo(Tokens.count(text));
    assertThat(usage.path("total_tokens").asInt()).isEqualTo(2 + Tokens.count(text));
  }

  @Test
  void streamsTheSameTextAndItsUsage() throws Exception {
    List<String> events = stream("confab-demo");

    String whole =
        JSON.readTree(post(request("confab-demo", false)).body())
            .at("/choices/0/message/content")
            .asText();
    assertThat(text(events)).isEqualTo(whole);
    assertThat(events.getLast()).isEqualTo("[DONE]");
    JsonNode usage = JSON.readTree(events.get(events.size() - 2)).path("usage");
    assertThat(usage.path("completion_tokens").asInt()).isEqualTo(Tokens.count(whole));
    JsonNode end = JSON.readTree(events.get(events.size() - 3));
    assertThat(end.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
  }

  @Test
  void keepsItsPace() throws Exception {
    long begin = System.nanoTime();
    stream("confab-demo:rate=100,tokens=51");

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(ms(480), ms(1500));
  }

  @Test
  void stampsEachTokenWithItsTimeOfLeaving() throws Exception {
    long before = System.currentTimeMillis() * 1000 - 1000;
    List<String> events = stream("confab-demo:stamp,tokens=3");

    assertThat(text(events)).matches("(?s)(~t\\d{16}~[^~]+){3}");
    long first = Long.parseLong(text(events).substring(2, 18));
    assertThat(first).isBetween(before, before + 60_000_000);
  }

  @Test
  void stopsAtTheRequestsBound() throws Exception {
    Map<String, Object> request = request("confab-demo", false);
    JsonNode answer = JSON.readTree(post(with(request, "max_tokens", 4)).body());

    assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("length");
    assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(4);
  }

  @Test
  void answersWithAnErrorStatus() throws Exception {
    HttpResponse<String> answer = post(request("confab-demo:status=503", true));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(JSON.readTree(answer.body()).at("/error/message").asText()).isNotEmpty();
  }

  @Test
  void hangsUpAmidTheStream() {
    assertThatThrownBy(() -> stream("confab-demo:cut=2")).isInstanceOf(IOException.class);
    assertThat(stats("troubled")).isEqualTo(1);
  }

  @Test
  void sendsABrokenChunk() throws Exception {
    List<String> events = stream("confab-demo:malformed=2");

    assertThatThrownBy(() -> JSON.readTree(events.get(2))).isInstanceOf(IOException.class);
    assertThat(events.getLast()).isEqualTo("[DONE]");
  }

  @Test
  void countsAHangUpWhileItIsSilent() throws Exception {
    for (String silent : List.of("delay=60000", "stall=1", "stall=0", "rate=0.01")) {
      long before = stats("hangups");
      CompletableFuture<HttpResponse<Stream<String>>> running =
          http.sendAsync(
              httpRequest(request("confab-demo:" + silent, true)),
              HttpResponse.BodyHandlers.ofLines());
      await().atMost(Duration.ofSeconds(5)).until(() -> stats("running") == 1);
      if (silent.startsWith("delay")) {
        running.cancel(true);
      } else {
        running.get().body().close();
      }

      await(silent).atMost(Duration.ofMillis(1000)).until(() -> stats("hangups") == before + 1);
      assertThat(stats("running")).isZero();
    }
  }

  @Test
  void takesOrdersOfTroubleAndShowsRequests() throws Exception {
    send("POST", "/admin/trouble", "{\"status\":429,\"times\":1}");

    assertThat(post(request("confab-demo", true)).statusCode()).isEqualTo(429);
    assertThat(post(request("confab-demo", true)).statusCode()).isEqualTo(200);
    JsonNode requests = get("/admin/requests").path("requests");
    assertThat(requests).hasSize(2);
    assertThat(requests.at("/1/messages/0/content").asText()).isEqualTo("Hello there");
    assertThat(requests.at("/1/outcome").asText()).isEqualTo("completed");
    assertThat(get("/admin/stats").at("/last_prompt_tokens/1").asInt()).isEqualTo(2);
  }

  @Test
  void asksForAToolThatIsOfferedAndAnswersWithWhatItSaid() throws Exception {
    List<Map<String, Object>> messages = new ArrayList<>();
    messages.add(Map.of("role", "user", "content", "Please calculate 2+3"));
    Map<String, Object> request = with(request("confab-demo", true), "messages", messages);
    assertThat(text(events(request))).contains("You wrote");

    List<String> asked = events(with(request, "tools", List.of(tool("calculator"))));
    JsonNode call = JSON.readTree(asked.get(asked.size() - 5)).at("/choices/0/delta/tool_calls/0");
    JsonNode arguments =
        JSON.readTree(asked.get(asked.size() - 4)).at("/choices/0/delta/tool_calls/0");
    JsonNode end = JSON.readTree(asked.get(asked.size() - 3));
    assertThat(call.at("/function/name").asText()).isEqualTo("calculator");
    assertThat(arguments.at("/function/arguments").asText()).isEqualTo("{\"expression\":\"2+3\"}");
    assertThat(end.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");

    messages.add(Map.of("role", "assistant", "content", "", "tool_calls", List.of()));
    messages.add(Map.of("role", "tool", "content", "5", "tool_call_id", "x"));
    assertThat(text(events(with(request, "tools", List.of(tool("calculator"))))))
        .isEqualTo("The tool said: 5");
  }

  @Test
  void handsOverWhenAskedTo() throws Exception {
    List<Object> messages = List.of(Map.of("role", "user", "content", "Please hand me over."));
    Map<String, Object> request = with(request("confab-demo", true), "messages", messages);
    assertThat(text(events(request))).contains("You wrote");

    List<String> asked = events(with(request, "tools", List.of(tool("hand_over_to_person"))));

    assertThat(text(asked)).isEqualTo("Let me pass you on to a person.");
    assertThat(asked).anyMatch(event -> event.contains("\"hand_over_to_person\""));
  }

  @Test
  void listsWhatItIsTold() throws Exception {
    send("POST", "/admin/models", "{\"add\":{\"fresh\":512},\"remove\":[\"confab-demo:stall=5\"]}");

    JsonNode data = get("/v1/models").path("data");
    assertThat(data.findValuesAsText("id"))
        .contains("confab-demo", "fresh")
        .doesNotContain("confab-demo:stall=5");
    assertThat(data.get(data.size() - 1).path("context_length").asInt()).isEqualTo(512);
    send("DELETE", "/admin/models", "");
    assertThat(get("/v1/models").path("data").findValuesAsText("id")).doesNotContain("fresh");
  }

  @Test
  void refusesWhatItDoesNotUnderstand() throws Exception {
    assertThat(send("POST", "/v1/chat/completions", "no json").statusCode()).isEqualTo(400);
    assertThat(send("POST", "/v1/chat/completions", "{\"model\":\"x\"}").statusCode())
        .isEqualTo(400);
    assertThat(post(request("confab-demo:explode", true)).statusCode()).isEqualTo(400);
    assertThat(send("POST", "/admin/trouble", "{\"explode\":1}").statusCode()).isEqualTo(400);
    assertThat(send("GET", "/v2", "").statusCode()).isEqualTo(404);
  }

  private static Map<String, Object> request(String model, boolean streamed) {
    return Map.of(
        "model",
        model,
        "stream",
        streamed,
        "stream_options",
        Map.of("include_usage", true),
        "messages",
        List.of(Map.of("role", "user", "content", "Hello there")));
  }

  private static Map<String, Object> with(Map<String, Object> request, String name, Object value) {
    Map<String, Object> more = new HashMap<>(request);
    more.put(name, value);
    return more;
  }

  private static Map<String, Object> tool(String name) {
    return Map.of("type", "function", "function", Map.of("name", name));
  }

  private List<String> stream(String model) throws Exception {
    return events(request(model, true));
  }

  private List<String> events(Map<String, Object> request) throws Exception {
    List<String> events = new ArrayList<>();
    HttpResponse<String> response = post(request);
    response
        .body()
        .lines()
        .filter(l -> l.startsWith("data: "))
        .forEach(l -> events.add(l.substring(6)));
    return events;
  }

  private static String text(List<String> events) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String event : events) {
      if (event.startsWith("{")) {
        text.append(JSON.readTree(event).at("/choices/0/delta/content").asText(""));
      }
    }
    return text.toString();
  }

  private HttpResponse<String> post(Map<String, Object> request) throws Exception {
    return http.send(httpRequest(request), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest httpRequest(Map<String, Object> request) throws IOException {
    return HttpRequest.newBuilder(URI.create(server.baseUrl() + "/chat/completions"))
        .header("Authorization", "Bearer demo")
        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(request)))
        .build();
  }

  private long stats(String name) {
    try {
      return get("/admin/stats").path(name).asLong();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private JsonNode get(String path) throws Exception {
    return JSON.readTree(send("GET", path, "").body());
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.baseUrl()).resolve(path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }
}

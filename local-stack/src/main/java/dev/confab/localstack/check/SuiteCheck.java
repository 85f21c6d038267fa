package dev.confab.localstack.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.localstack.suite.Account;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Sends a message through the whole suite and waits for the whole reply. */
public final class SuiteCheck {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WHAT = "message through the suite";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String origin;
  private final HttpClient http;

  /**
   * @param origin of the first gateway
   */
  public SuiteCheck(String origin) {
    this.origin = origin;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
  }

  /** Never throws: what goes wrong is the result. */
  public CheckResult check(Account account) {
    try {
      String token = signIn(account);
      String conversation = post("/api/v1/conversations", token, Map.of("kind", "assistant"), "id");
      try {
        return new CheckResult(true, WHAT, converse(token, conversation));
      } finally {
        delete("/api/v1/conversations/" + conversation, token);
      }
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return new CheckResult(false, WHAT, reason + " (" + origin + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new CheckResult(false, WHAT, "interrupted");
    }
  }

  private String signIn(Account account) throws IOException, InterruptedException {
    Map<String, String> credentials =
        Map.of("username", account.username(), "password", account.password());
    return post("/api/v1/auth/login", null, credentials, "access_token");
  }

  private String converse(String token, String conversation)
      throws IOException, InterruptedException {
    URI socket = URI.create(origin.replaceFirst("^http", "ws") + "/api/v1/chat/ws");
    try (CheckSocket connection = CheckSocket.open(http, socket, token)) {
      long begin = System.nanoTime();
      connection.send(
          Map.of(
              "type",
              "send_message",
              "data",
              Map.of(
                  "conversation_id", conversation,
                  "content", "Hello, is everything working?",
                  "message_type", "user")));
      connection.await("message_ack", PATIENCE);
      long stored = System.nanoTime();
      connection.await("stream_content", PATIENCE);
      long answering = System.nanoTime();
      JsonNode end = connection.await("stream_complete", PATIENCE);
      String reason = end.path("data").path("finish_reason").asText();
      if (!reason.equals("stop") && !reason.equals("length")) {
        throw new IOException("the reply ended with '" + reason + "'");
      }
      return "stored after %.0f ms, first words after %.0f ms, whole after %.1f s"
          .formatted(
              (stored - begin) / 1e6, (answering - begin) / 1e6, (System.nanoTime() - begin) / 1e9);
    }
  }

  private String post(String path, String token, Map<String, ?> body, String wanted)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException("POST " + path + " answered " + response.statusCode());
    }
    return JSON.readTree(response.body()).path(wanted).asText();
  }

  private void delete(String path, String token) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .DELETE()
            .build();
    http.send(request, HttpResponse.BodyHandlers.discarding());
  }
}

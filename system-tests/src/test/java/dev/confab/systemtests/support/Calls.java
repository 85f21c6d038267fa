package dev.confab.systemtests.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/**
 * JSON over HTTP as somebody's browser does it. Many can call at a time.
 *
 * @param headers sent with each request
 */
public record Calls(URI gateway, Map<String, String> headers) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int SUCCESS_BELOW = 300;
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  /**
   * What came back.
   *
   * @param body missing if it was no JSON
   * @param retryAfterSeconds of the header, 0 without one
   */
  public record Answer(int status, JsonNode body, long retryAfterSeconds) {
    /** Whether it was done. */
    public boolean isSuccess() {
      return status < SUCCESS_BELOW;
    }

    /** The problem's code, or an empty string. */
    public String code() {
      return body.path("code").asText("");
    }

    /** The problem in words, or an empty string. */
    public String detail() {
      return body.path("detail").asText("");
    }

    /** The body of what must have been done. */
    public JsonNode done() {
      if (!isSuccess()) {
        throw new AssertionError("refused: " + this);
      }
      return body;
    }

    /** Shows nothing of what was said. */
    @Override
    public String toString() {
      return status + " " + code() + " " + detail();
    }
  }

  /** Without a token. */
  public static Calls at(URI gateway) {
    return new Calls(gateway, Map.of());
  }

  /** With a token. */
  public static Calls at(URI gateway, String token) {
    return new Calls(gateway, Map.of("Authorization", "Bearer " + token));
  }

  /** Reads. */
  public Answer get(String path) {
    return send(request(path).GET());
  }

  /** Posts. */
  public Answer post(String path, Map<String, ?> body) {
    return send("POST", path, body);
  }

  /** Sends a body by some method. */
  public Answer send(String method, String path, Map<String, ?> body) {
    try {
      String text = JSON.writeValueAsString(body);
      return send(
          request(path)
              .header("Content-Type", "application/json")
              .method(method, HttpRequest.BodyPublishers.ofString(text)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(path)).timeout(PATIENCE);
    headers.forEach(request::header);
    return request;
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      long wait = answer.headers().firstValueAsLong("Retry-After").orElse(0);
      return new Answer(answer.statusCode(), read(answer.body()), wait);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode read(String body) {
    try {
      return body.isEmpty() ? MissingNode.getInstance() : JSON.readTree(body);
    } catch (JsonProcessingException noJson) {
      return MissingNode.getInstance();
    }
  }
}

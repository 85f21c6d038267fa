package dev.confab.ai.journey;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** One of the demo LLMs that run beside the tests. */
final class DemoLlm {
  private final HttpClient http = HttpClient.newHttpClient();
  private final String root;

  private DemoLlm(String baseUrl) {
    this.root = baseUrl.substring(0, baseUrl.indexOf("/v1"));
  }

  /** All of them, as the environment names them. */
  static List<DemoLlm> all() {
    return urls().stream().map(DemoLlm::new).toList();
  }

  static List<String> urls() {
    return List.of(System.getenv("CONFAB_DEMO_LLM_URLS").split(","));
  }

  /** Orders a trouble, such as {@code "cut":5}. */
  void trouble(String order) {
    send("POST", "/admin/trouble", "{" + order + "}");
  }

  void behave() {
    send("DELETE", "/admin/trouble", "");
  }

  /** Changes what it lists. */
  void models(String change) {
    send("POST", "/admin/models", change);
  }

  void usualModels() {
    send("DELETE", "/admin/models", "");
  }

  /** How often it was asked. */
  long requests() {
    return new JsonObject(send("GET", "/admin/stats", "")).getLong("requests");
  }

  /** The messages of the last request. */
  JsonArray newestPrompt() {
    JsonArray requests =
        new JsonObject(send("GET", "/admin/requests", "")).getJsonArray("requests");
    return requests.getJsonObject(requests.size() - 1).getJsonArray("messages");
  }

  private String send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(root + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException("the demo LLM answered " + response.statusCode());
      }
      return response.body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

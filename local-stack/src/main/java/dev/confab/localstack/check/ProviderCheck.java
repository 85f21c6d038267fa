package dev.confab.localstack.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.localstack.configuration.ProviderGroup;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Lets a provider stream a short completion. */
public final class ProviderCheck {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DATA = "data:";
  private static final int MAX_TOKENS = 256;
  private static final int SHOWN_CHARS = 200;

  private final HttpClient http;
  private final Duration timeout;

  /**
   * @param timeout longest wait for the first token
   */
  public ProviderCheck(Duration timeout) {
    this.timeout = timeout;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
  }

  /** Never throws: what goes wrong is the result. */
  public CheckResult check(ProviderGroup provider) {
    String what = "provider " + provider.name();
    try {
      String model = provider.model() == null ? firstModel(provider) : provider.model();
      String figures = complete(provider, model);
      return new CheckResult(true, what + " (" + model + ")", keyNote(provider) + figures);
    } catch (IOException | IllegalArgumentException e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return new CheckResult(
          false, what, keyNote(provider) + reason + " (" + provider.baseUrl() + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new CheckResult(false, what, "interrupted");
    }
  }

  private String complete(ProviderGroup provider, String model)
      throws IOException, InterruptedException {
    Map<String, Object> body =
        Map.of(
            "model",
            model,
            "stream",
            true,
            "max_tokens",
            MAX_TOKENS,
            "messages",
            List.of(Map.of("role", "user", "content", "Say hello in five words.")));
    HttpRequest request =
        request(provider, "/chat/completions")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    long begin = System.nanoTime();
    HttpResponse<Stream<String>> response = http.send(request, HttpResponse.BodyHandlers.ofLines());
    try (Stream<String> lines = response.body()) {
      requireOk(response.statusCode(), lines);
      return figures(lines.iterator(), begin);
    }
  }

  private static String figures(Iterator<String> lines, long begin) throws IOException {
    long first = 0;
    int chunks = 0;
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.startsWith(DATA) && line.contains("[DONE]")) {
        break;
      }
      if (line.startsWith(DATA) && saysSomething(line.substring(DATA.length()))) {
        first = first == 0 ? System.nanoTime() : first;
        chunks++;
      }
    }
    if (chunks == 0) {
      throw new IOException("it streamed no text");
    }
    return "first token after %.2f s, %d chunks in %.2f s"
        .formatted((first - begin) / 1e9, chunks, (System.nanoTime() - begin) / 1e9);
  }

  private static boolean saysSomething(String data) throws IOException {
    JsonNode delta = JSON.readTree(data).path("choices").path(0).path("delta");
    return !delta.path("content").asText("").isEmpty()
        || !delta.path("reasoning_content").asText("").isEmpty();
  }

  private String firstModel(ProviderGroup provider) throws IOException, InterruptedException {
    HttpResponse<Stream<String>> response =
        http.send(request(provider, "/models").GET().build(), HttpResponse.BodyHandlers.ofLines());
    try (Stream<String> lines = response.body()) {
      requireOk(response.statusCode(), lines);
      String text = String.join("", lines.toList());
      String model = JSON.readTree(text).path("data").path(0).path("id").asText("");
      if (model.isEmpty()) {
        throw new IOException("it lists no model");
      }
      return model;
    }
  }

  private HttpRequest.Builder request(ProviderGroup provider, String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(provider.baseUrl() + path)).timeout(timeout);
    if (provider.apiKey() != null) {
      request.header("Authorization", "Bearer " + provider.apiKey());
    }
    return request;
  }

  private static void requireOk(int status, Stream<String> lines) throws IOException {
    if (status / 100 != 2) {
      String text = String.join(" ", lines.limit(5).toList());
      String shown = text.substring(0, Math.min(SHOWN_CHARS, text.length()));
      throw new IOException("it answered " + status + " " + shown);
    }
  }

  private static String keyNote(ProviderGroup provider) {
    return provider.apiKey() == null ? "no key; " : "key present; ";
  }
}

package dev.confab.chat.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.ChatConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks ai-service for its models; the next replica where one fails. */
@ApplicationScoped
class AiModels {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration READ = Duration.ofSeconds(3);

  private final ChatConfig config;
  private final ServiceTokens tokens;
  private final ObjectMapper json;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  AiModels(ChatConfig config, ServiceTokens tokens, ObjectMapper json) {
    this.config = config;
    this.tokens = tokens;
    this.json = json;
  }

  /** What it knows. */
  ModelReport read() throws IOException, InterruptedException {
    return ask("/internal/models", READ, HttpRequest.newBuilder().GET());
  }

  /** What it knows after it has asked every provider. */
  ModelReport sync() throws IOException, InterruptedException {
    return ask(
        "/internal/models/sync",
        config.models().syncTimeout(),
        HttpRequest.newBuilder().POST(BodyPublishers.noBody()));
  }

  private ModelReport ask(String path, Duration timeout, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    IOException last = new IOException("no replica is configured");
    for (String url : config.aiUrls()) {
      try {
        HttpResponse<String> response =
            http.send(
                request
                    .uri(URI.create(url + path))
                    .setHeader("Authorization", "Bearer " + tokens.current())
                    .timeout(timeout)
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == 200) {
          return json.readValue(response.body(), ModelReport.class);
        }
        last = new IOException("status " + response.statusCode());
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }
}

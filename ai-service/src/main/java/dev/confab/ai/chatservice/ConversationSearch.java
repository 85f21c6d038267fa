package dev.confab.ai.chatservice;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.ai.AiConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Full-text search in the conversations of one user. */
@ApplicationScoped
public class ConversationSearch {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private record Page(List<SearchHit> items) {}

  private final AiConfig.ChatService config;
  private final ServiceTokens tokens;
  private final ObjectMapper json;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  ConversationSearch(AiConfig config, ServiceTokens tokens, ObjectMapper json) {
    this.config = config.chatService();
    this.tokens = tokens;
    this.json = json;
  }

  /** Whether this service has credentials to ask with. */
  public boolean isConfigured() {
    return config.clientSecret().isPresent();
  }

  /**
   * Asks one chat-service after the other until one answers. Blocks, for a bounded time.
   *
   * @throws IOException if none does
   */
  public List<SearchHit> find(String userId, String query, int limit)
      throws IOException, InterruptedException {
    String path =
        "/internal/search?user_id=" + encoded(userId) + "&q=" + encoded(query) + "&limit=" + limit;
    IOException failure = new IOException("no chat-service is configured");
    for (String url : config.urls()) {
      try {
        return ask(url + path);
      } catch (IOException e) {
        failure = e;
      }
    }
    throw failure;
  }

  private List<SearchHit> ask(String url) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + tokens.current())
            .timeout(TIMEOUT)
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("search answered with status " + response.statusCode());
    }
    Page page = json.readValue(response.body(), Page.class);
    return page.items() == null ? List.of() : page.items();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

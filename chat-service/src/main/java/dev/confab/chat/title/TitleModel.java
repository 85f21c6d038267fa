package dev.confab.chat.title;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.ChatConfig;
import dev.confab.chat.model.ServiceTokens;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Asks ai-service for a title; whatever goes wrong, there is none. */
@ApplicationScoped
class TitleModel {
  private static final Logger LOG = Logger.getLogger(TitleModel.class);
  private static final int MAX_CHARS = 2_000;
  private static final int MAX_TOKENS = 30;
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final String INSTRUCTION =
      "Write a title of at most six words for this conversation, in its language. Answer with the"
          + " title alone.";

  private final ChatConfig config;
  private final ServiceTokens tokens;
  private final ObjectMapper json;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  TitleModel(ChatConfig config, ServiceTokens tokens, ObjectMapper json) {
    this.config = config;
    this.tokens = tokens;
    this.json = json;
  }

  Optional<String> ask(Exchange exchange) throws InterruptedException {
    if (config.clientSecret().isEmpty()) {
      return Optional.empty();
    }
    long until = System.nanoTime() + config.titles().modelWithin().toNanos();
    for (String url : config.aiUrls()) {
      Duration left = Duration.ofNanos(until - System.nanoTime());
      if (left.isNegative() || left.isZero()) {
        break;
      }
      try {
        return ask(url, exchange, left);
      } catch (IOException e) {
        LOG.debugf("event=title_not_asked error=%s", e.toString());
      }
    }
    return Optional.empty();
  }

  private Optional<String> ask(String url, Exchange exchange, Duration within)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/internal/completions"))
            .header("Authorization", "Bearer " + tokens.current())
            .header("Content-Type", "application/json")
            .timeout(within)
            .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body(exchange))))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      return Optional.empty();
    }
    String title = FirstWords.ofModel(json.readTree(response.body()).path("text").asText(""));
    return title.isEmpty() ? Optional.empty() : Optional.of(title);
  }

  private static Map<String, Object> body(Exchange exchange) {
    return Map.of(
        "messages",
        List.of(
            Map.of("role", "system", "content", INSTRUCTION),
            Map.of("role", "user", "content", cut(exchange.question())),
            Map.of("role", "assistant", "content", cut(exchange.answer())),
            Map.of("role", "user", "content", INSTRUCTION)),
        "max_tokens",
        MAX_TOKENS,
        "user_id",
        exchange.userId());
  }

  private static String cut(String text) {
    return text.substring(0, Math.min(text.length(), MAX_CHARS));
  }
}

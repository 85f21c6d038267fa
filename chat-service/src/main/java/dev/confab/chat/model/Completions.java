package dev.confab.chat.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.ChatConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Answers of a model that belong to no conversation; the next replica where one fails. */
@ApplicationScoped
public class Completions {
  private static final Logger LOG = Logger.getLogger(Completions.class);
  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** One message; its role is {@code system}, {@code user} or {@code assistant}. */
  public record Said(String role, String content) {}

  /**
   * What a model is asked.
   *
   * @param model null for the default
   * @param userId on whose account
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Question(String model, List<Said> messages, int maxTokens, String userId) {}

  private final ChatConfig config;
  private final ServiceTokens tokens;
  private final ObjectMapper json;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  Completions(ChatConfig config, ServiceTokens tokens, ObjectMapper json) {
    this.config = config;
    this.tokens = tokens;
    this.json = json;
  }

  /** The whole answer; whatever goes wrong, there is none. */
  public Optional<String> ask(Question question, Duration within) throws InterruptedException {
    if (config.clientSecret().isEmpty()) {
      return Optional.empty();
    }
    long until = System.nanoTime() + within.toNanos();
    for (String url : config.aiUrls()) {
      Duration left = Duration.ofNanos(until - System.nanoTime());
      if (left.isNegative() || left.isZero()) {
        break;
      }
      try {
        return ask(url, question, left);
      } catch (IOException e) {
        LOG.debugf("event=completion_not_asked error=%s", e.toString());
      }
    }
    return Optional.empty();
  }

  private Optional<String> ask(String url, Question question, Duration within)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/internal/completions"))
            .header("Authorization", "Bearer " + tokens.current())
            .header("Content-Type", "application/json")
            .timeout(within)
            .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(question)))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    String text =
        response.statusCode() == 200
            ? json.readTree(response.body()).path("text").asText("").strip()
            : "";
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}

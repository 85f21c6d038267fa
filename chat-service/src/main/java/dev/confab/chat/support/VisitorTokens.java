package dev.confab.chat.support;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.ChatConfig;
import dev.confab.chat.model.ServiceTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ServiceUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Has auth-service sign tokens for visitors. */
@ApplicationScoped
class VisitorTokens {
  private static final Logger LOG = Logger.getLogger(VisitorTokens.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final ChatConfig config;
  private final ServiceTokens tokens;
  private final ObjectMapper json;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  VisitorTokens(ChatConfig config, ServiceTokens tokens, ObjectMapper json) {
    this.config = config;
    this.tokens = tokens;
    this.json = json;
  }

  /**
   * A token for one conversation.
   *
   * @throws ServiceUnavailableException if auth-service gives none
   */
  String issue(String visitorId, String name, UUID conversation) throws InterruptedException {
    try {
      Map<String, String> body = new HashMap<>();
      body.put("user_id", visitorId);
      body.put("conversation_id", conversation.toString());
      if (name != null) {
        body.put("name", name);
      }
      return ask(json.writeValueAsString(body));
    } catch (IOException e) {
      LOG.warnf("event=no_visitor_token conversation=%s error=%s", conversation, e.toString());
      throw new ServiceUnavailableException();
    }
  }

  private String ask(String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(config.authUrl() + "/internal/visitor-tokens"))
            .header("Authorization", "Bearer " + tokens.current())
            .header("Content-Type", "application/json")
            .timeout(TIMEOUT)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    String token = json.readTree(response.body()).path("access_token").asText("");
    if (response.statusCode() != 200 || token.isEmpty()) {
      throw new IOException("status " + response.statusCode());
    }
    return token;
  }
}

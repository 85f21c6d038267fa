package dev.confab.ai.chatservice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.ai.AiConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** This service's own token (RFC 6749, 4.4), renewed a minute before it expires. */
@ApplicationScoped
class ServiceTokens {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final AiConfig.ChatService config;
  private final ObjectMapper json;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private String token;
  private Instant renewAt = Instant.EPOCH;

  ServiceTokens(AiConfig config, ObjectMapper json) {
    this.config = config.chatService();
    this.json = json;
  }

  synchronized String current() throws IOException, InterruptedException {
    if (Instant.now().isAfter(renewAt)) {
      renew();
    }
    return token;
  }

  private void renew() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(config.authUrl() + "/internal/token"))
            .header("Authorization", "Basic " + credentials())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .timeout(TIMEOUT)
            .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("no service token: status " + response.statusCode());
    }
    JsonNode answer = json.readTree(response.body());
    token = answer.path("access_token").asText();
    renewAt = Instant.now().plusSeconds(answer.path("expires_in").asLong()).minus(MARGIN);
  }

  private String credentials() {
    String pair = config.clientId() + ':' + config.clientSecret().orElse("");
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}

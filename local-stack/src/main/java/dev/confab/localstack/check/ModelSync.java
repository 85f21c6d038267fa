package dev.confab.localstack.check;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.confab.localstack.suite.Account;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Asks a suite to synchronise its models with the providers. */
public final class ModelSync {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String origin;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(3))
          .build();

  /**
   * @param origin of the first gateway
   */
  public ModelSync(String origin) {
    this.origin = origin;
  }

  /**
   * What changed at one provider.
   *
   * @param listed whether it told its models
   * @param active how many of them answer now
   */
  public record Provider(
      String name, boolean listed, List<String> added, List<String> retired, int active) {
    public Provider {
      added = Objects.requireNonNullElse(added, List.of());
      retired = Objects.requireNonNullElse(retired, List.of());
    }
  }

  /** What changed in all. */
  public record Synchronised(
      List<String> added, List<String> retired, int active, List<Provider> providers) {
    public Synchronised {
      added = Objects.requireNonNullElse(added, List.of());
      retired = Objects.requireNonNullElse(retired, List.of());
      providers = Objects.requireNonNullElse(providers, List.of());
    }
  }

  /**
   * Signs in and synchronises.
   *
   * @param account of an operator or admin
   */
  public Synchronised run(Account account) throws IOException, InterruptedException {
    Map<String, String> credentials =
        Map.of("username", account.username(), "password", account.password());
    String signedIn =
        post(
            "/api/v1/auth/login",
            null,
            BodyPublishers.ofString(JSON.writeValueAsString(credentials)));
    String token = JSON.readTree(signedIn).path("access_token").asText();
    try {
      String answer = post("/api/v1/models/sync", token, BodyPublishers.noBody());
      return JSON.readValue(answer, Synchronised.class);
    } finally {
      signOut(token);
    }
  }

  private void signOut(String token) throws InterruptedException {
    try {
      post("/api/v1/auth/logout", token, BodyPublishers.noBody());
    } catch (IOException e) {
      // The session was for this alone, and ends by itself.
    }
  }

  private String post(String path, String token, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(body);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException("POST " + path + " answered " + response.statusCode());
    }
    return response.body();
  }
}

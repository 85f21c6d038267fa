package dev.confab.chat.account;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.ChatConfig;
import dev.confab.chat.model.ServiceTokens;
import dev.confab.chat.problem.ProblemException;
import dev.confab.contracts.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Asks auth-service who people are. Blocks; never called under a lock. */
@ApplicationScoped
public class Accounts {
  /** So many are asked for at once; of more the names are learnt when they act. */
  public static final int MAX_ASKED = 200;

  private static final Logger LOG = Logger.getLogger(Accounts.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** A person's account. */
  public record Account(String id, String username, String name) {}

  private record Asked(Collection<String> usernames, Collection<String> ids) {}

  private record Found(List<Account> items) {}

  private final URI path;
  private final ServiceTokens tokens;
  private final ObjectMapper json;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  Accounts(ChatConfig config, ServiceTokens tokens, ObjectMapper json) {
    this.path = URI.create(config.authUrl() + "/internal/users");
    this.tokens = tokens;
    this.json = json;
  }

  /**
   * Who has this user name.
   *
   * @throws ProblemException {@code INTERNAL} if that cannot be found out now
   */
  public Optional<Account> named(String username) {
    try {
      return ask(new Asked(List.of(username), List.of())).stream().findFirst();
    } catch (IOException e) {
      LOG.warnf("event=accounts_unknown error=%s", e.getMessage());
      throw new ProblemException(
          ErrorCode.INTERNAL, "User names cannot be looked up now; try again.");
    }
  }

  /**
   * What users are called, by id; those are missing who have no account, and all while auth-service
   * does not answer.
   */
  public Map<String, String> names(Collection<String> ids) {
    if (ids.isEmpty() || ids.size() > MAX_ASKED) {
      return Map.of();
    }
    Map<String, String> names = new HashMap<>();
    try {
      ask(new Asked(List.of(), ids)).forEach(found -> names.put(found.id(), found.name()));
    } catch (IOException e) {
      LOG.debugf("event=accounts_unknown error=%s", e.getMessage());
    }
    return names;
  }

  private List<Account> ask(Asked asked) throws IOException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(path)
              .header("Authorization", "Bearer " + tokens.current())
              .header("Content-Type", "application/json")
              .timeout(TIMEOUT)
              .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(asked)))
              .build();
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      return json.readValue(response.body(), Found.class).items();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}

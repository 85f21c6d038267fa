package dev.confab.chat.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.confab.chat.ChatConfig;
import dev.confab.chat.reply.Reply;
import dev.confab.chat.schema.Rounds;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * The models that ai-service lists, as far as known; while nothing is known, any name may be one.
 */
@ApplicationScoped
public class Models {
  private static final Logger LOG = Logger.getLogger(Models.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private final ChatConfig config;
  private final ServiceTokens tokens;
  private final ObjectMapper json;
  private final Rounds rounds;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private volatile Set<String> known = Set.of();
  // The round's thread alone.
  private long knownAtNanos;

  Models(ChatConfig config, ServiceTokens tokens, ObjectMapper json, Rounds rounds) {
    this.config = config;
    this.tokens = tokens;
    this.json = json;
    this.rounds = rounds;
  }

  void start(@Observes StartupEvent ignored) {
    if (config.clientSecret().isPresent()) {
      rounds.every("models", LOOK_EVERY, this::refreshIfDue);
    }
  }

  /** Whether this may be asked to answer; null means the conversation's own choice. */
  public boolean isKnown(String assistantId) {
    Set<String> now = known;
    return assistantId == null
        || Reply.DEFAULT_ASSISTANT.equals(assistantId)
        || (now.isEmpty() ? isPlausible(assistantId) : now.contains(assistantId));
  }

  private static boolean isPlausible(String name) {
    return !name.isBlank() && name.length() <= 200 && name.indexOf('\0') < 0;
  }

  /** Who answers: whom the message names, else the conversation's own, else the default. */
  public static String chosen(String asked, String own) {
    if (asked != null) {
      return asked;
    }
    return own == null ? Reply.DEFAULT_ASSISTANT : own;
  }

  /** Asks often until something is known, then now and then. */
  private void refreshIfDue() throws InterruptedException {
    long age = System.nanoTime() - knownAtNanos;
    if (known.isEmpty() || age >= config.replies().modelsEvery().toNanos()) {
      refresh();
    }
  }

  private void refresh() throws InterruptedException {
    for (String url : config.aiUrls()) {
      try {
        known = ask(url);
        knownAtNanos = System.nanoTime();
        return;
      } catch (IOException e) {
        LOG.debugf("event=models_unknown error=%s", e.toString());
      }
    }
  }

  private Set<String> ask(String url) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/internal/models"))
            .header("Authorization", "Bearer " + tokens.current())
            .timeout(TIMEOUT)
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("status " + response.statusCode());
    }
    Set<String> names = new HashSet<>();
    for (JsonNode model : json.readTree(response.body()).path("models")) {
      names.add(model.path("id").asText());
    }
    return Set.copyOf(names);
  }

  /** The known models, in no order; empty while unknown. */
  public List<String> names() {
    return List.copyOf(known);
  }
}

package dev.confab.gateway.chatservice;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.contracts.chat.Changes;
import dev.confab.contracts.chat.ChatCommand;
import dev.confab.contracts.chat.ChatEvent;
import dev.confab.gateway.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls chat-service's {@code /internal} paths. Never blocks; a failed call is tried on the next
 * URL, so every call here must be safe to repeat.
 */
@ApplicationScoped
public class ChatServiceClient {
  /** The conversation is not there. */
  public static final class UnknownConversation extends RuntimeException {
    /** Says so. */
    public UnknownConversation() {
      super("unknown conversation", null, false, false);
    }
  }

  /** How far a conversation is. */
  public record Head(String conversationId, long lastSeq, String history) {}

  private record Heads(List<Head> heads) {}

  private record HeadsQuery(List<String> ids) {}

  private record SessionAsked(String userId, String userName, String label) {}

  private record Session(String conversationId) {}

  private record SessionsAsked(String userId, List<String> conversationIds) {}

  private record Counts(Map<String, Long> counts) {}

  private record Outcomes(List<ChatEvent> outcomes) {}

  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;

  private final HttpClient http;
  private final ServiceTokens tokens;
  private final ChatServiceConfig config;
  private final AtomicInteger turn = new AtomicInteger();

  ChatServiceClient(Vertx vertx, ServiceTokens tokens, ChatServiceConfig config) {
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setTcpNoDelay(true),
            new PoolOptions().setHttp1MaxSize(config.poolSize()));
    this.tokens = tokens;
    this.config = config;
  }

  /**
   * Everything that changed after a number, in one consistent look.
   *
   * @param afterSeq null asks for the present state only
   * @param history the history that number belongs to, or null
   * @param userId whose membership is asked, or null for none
   * @param staffRole the role by which that user may look at what they take no part in, or null
   */
  public Future<Changes> changes(
      String conversationId, Long afterSeq, String history, String userId, String staffRole) {
    var path = new StringBuilder("/internal/conversations/").append(encode(conversationId));
    path.append("/changes?");
    append(path, "after_seq", afterSeq);
    append(path, "history", history);
    append(path, "user_id", userId);
    append(path, "role", staffRole);
    return call(HttpMethod.GET, path.toString(), null).map(body -> Json.read(body, Changes.class));
  }

  /** How far these conversations are; unknown ones are absent. At most 1,000. */
  public Future<List<Head>> heads(List<String> conversationIds) {
    return call(HttpMethod.POST, "/internal/heads", new HeadsQuery(conversationIds))
        .map(body -> Json.read(body, Heads.class).heads());
  }

  /** The conversation that a user calls by this label; made if the label is new. */
  public Future<String> session(String userId, String userName, String label) {
    return call(HttpMethod.POST, "/internal/sessions", new SessionAsked(userId, userName, label))
        .map(body -> Json.read(body, Session.class).conversationId());
  }

  /** How many messages conversations of a user have, by id; others are absent. At most 1,000. */
  public Future<Map<String, Long>> messageCounts(String userId, List<String> conversationIds) {
    return call(
            HttpMethod.POST,
            "/internal/sessions/counts",
            new SessionsAsked(userId, conversationIds))
        .map(body -> Json.read(body, Counts.class).counts());
  }

  /** Conversations of a user as they stand; others are absent. At most 100. */
  public Future<JsonNode> sessions(String userId, List<String> conversationIds) {
    return call(
            HttpMethod.POST,
            "/internal/sessions/lookup",
            new SessionsAsked(userId, conversationIds))
        .map(Json::tree);
  }

  /** An operator who watches the desk. */
  public record Watcher(String userId, String name) {}

  /**
   * A dialog in the queue.
   *
   * @param operators who may see it, beside administrators; null for every operator
   */
  public record ShownDialog(JsonNode dialog, List<String> operators) {}

  private record DeskAsked(List<String> dialogIds, List<Watcher> watchers) {}

  private record DeskShown(List<ShownDialog> dialogs) {}

  /** Dialogs as operators see them, 200 at most; whoever watches is at the desk. */
  public Future<List<ShownDialog>> desk(List<String> dialogIds, List<Watcher> watchers) {
    return call(HttpMethod.POST, "/internal/support/desk", new DeskAsked(dialogIds, watchers))
        .map(body -> Json.read(body, DeskShown.class).dialogs());
  }

  /** Applies commands in order, idempotently; the outcomes name their command. At most 100. */
  public Future<List<ChatEvent>> commands(List<ChatCommand> commands) {
    var json = Json.write(commands, new TypeReference<List<ChatCommand>>() {});
    return call(HttpMethod.POST, "/internal/commands", json)
        .map(body -> Json.read(body, Outcomes.class).outcomes());
  }

  private Future<Buffer> call(HttpMethod method, String path, Object body) {
    var payload =
        switch (body) {
          case null -> null;
          case Buffer encoded -> encoded;
          default -> Json.write(body);
        };
    return attempt(method, path, payload, config.urls().size() + 1);
  }

  private Future<Buffer> attempt(HttpMethod method, String path, Buffer body, int attempts) {
    var urls = config.urls();
    var url = urls.get(Math.floorMod(turn.getAndIncrement(), urls.size()));
    return once(url, method, path, body)
        .recover(
            failure ->
                failure instanceof UnknownConversation || attempts <= 1
                    ? Future.failedFuture(failure)
                    : attempt(method, path, body, attempts - 1));
  }

  private Future<Buffer> once(URI url, HttpMethod method, String path, Buffer body) {
    return tokens
        .current()
        .compose(
            token ->
                http.request(
                    new RequestOptions()
                        .setMethod(method)
                        .setHost(url.getHost())
                        .setPort(port(url))
                        .setSsl("https".equals(url.getScheme()))
                        .setURI(path)
                        .setTimeout(config.timeout().toMillis())
                        .putHeader("Authorization", "Bearer " + token)
                        .putHeader("Content-Type", "application/json")))
        .compose(request -> body == null ? request.send() : request.send(body))
        .compose(this::answer);
  }

  private Future<Buffer> answer(HttpClientResponse response) {
    return switch (response.statusCode()) {
      case 200 -> response.body();
      case NOT_FOUND -> Future.failedFuture(new UnknownConversation());
      case UNAUTHORIZED -> {
        tokens.refused();
        yield Future.failedFuture("chat-service refused the service token");
      }
      default -> Future.failedFuture("chat-service answered " + response.statusCode());
    };
  }

  private static int port(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return "https".equals(url.getScheme()) ? 443 : 80;
  }

  private static void append(StringBuilder path, String name, Object value) {
    if (value != null) {
      path.append(name).append('=').append(encode(value.toString())).append('&');
    }
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

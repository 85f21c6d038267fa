package dev.confab.gateway.chatservice;

import dev.confab.gateway.chatservice.ChatServiceClient.UnknownConversation;
import dev.confab.gateway.chatservice.PublicApi.Answer;
import dev.confab.gateway.json.Json;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Calls chat-service's internal paths about support dialogs. Never blocks. */
@ApplicationScoped
public class SupportClient {
  private static final String DIALOGS = "/internal/support/dialogs";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int UNAUTHORIZED = 401;

  /**
   * What the gateway must know of a dialog.
   *
   * @param assistantId who answers in it, or null for the default
   * @param visitorName what the visitor is called, or null
   * @param originAllowed whether pages of the asked origin may show it
   * @param tokenRequired whether its id alone does not let a visitor in
   */
  public record Dialog(
      String conversationId,
      String assistantId,
      String siteId,
      String visitorId,
      String visitorName,
      String owner,
      boolean originAllowed,
      boolean tokenRequired) {}

  private final PublicApi api;
  private final ServiceTokens tokens;
  private final ChatServiceConfig config;

  SupportClient(PublicApi api, ServiceTokens tokens, ChatServiceConfig config) {
    this.api = api;
    this.tokens = tokens;
    this.config = config;
  }

  /**
   * A support conversation; fails with {@link UnknownConversation} if the id is none's.
   *
   * @param origin of the page that asks, or null where there is none
   */
  public Future<Dialog> dialog(String id, String origin) {
    String path = DIALOGS + '/' + encode(id);
    return call(HttpMethod.GET, origin == null ? path : path + "?origin=" + encode(origin), null)
        .compose(
            answer ->
                switch (answer.status()) {
                  case OK -> Future.succeededFuture(Json.convert(answer.body(), Dialog.class));
                  case NOT_FOUND -> Future.failedFuture(new UnknownConversation());
                  default -> Future.failedFuture("chat-service answered " + answer.status());
                });
  }

  /** Begins a dialog; the answer is chat-service's. */
  public Future<Answer> begin(Object dialog) {
    return call(HttpMethod.POST, DIALOGS, dialog);
  }

  /** Tells which page a dialog's visitor looks at; the answer is chat-service's. */
  public Future<Answer> page(String id, Object page) {
    return call(HttpMethod.PUT, DIALOGS + '/' + encode(id) + "/page", page);
  }

  private Future<Answer> call(HttpMethod method, String path, Object body) {
    return tokens
        .current()
        .compose(
            token ->
                api.call(new PublicApi.Request(method, path, token, null, body, config.timeout())))
        .onSuccess(
            answer -> {
              if (answer.status() == UNAUTHORIZED) {
                tokens.refused();
              }
            });
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

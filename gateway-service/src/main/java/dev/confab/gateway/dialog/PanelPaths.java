package dev.confab.gateway.dialog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confab.gateway.chatservice.PublicApi;
import dev.confab.gateway.chatservice.PublicApi.Answer;
import dev.confab.gateway.dialect.DialogMessage;
import dev.confab.gateway.dialect.DialogSide;
import dev.confab.gateway.rest.Outcome;
import dev.confab.gateway.security.Identity;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code /api/dialogs} and what is below: the operators' side. Every request goes on with the
 * operator's own token, so what they may do is decided where it is for v1.
 */
@ApplicationScoped
class PanelPaths {
  /** What an operator may do with a dialog. */
  static final Set<String> ACTIONS = Set.of("handoff", "claim", "release", "transfer", "close");

  private static final String SUPPORT = "/api/v1/support/dialogs";
  private static final String CONTENT = "text";
  private static final int PAGE = 100;
  private static final int ACCEPTED = 202;
  private static final List<String> LISTED =
      List.of(
          "site_id",
          "visitor",
          "waiting_since",
          "waiting_seconds",
          "operator_id",
          "operator_name",
          "tags",
          "rating",
          "last_message",
          "unanswered");
  private static final List<String> CONVERSATION =
      List.of("assistant_id", "operator_id", "created_at", "updated_at");

  /**
   * An operator's request.
   *
   * @param token the operator's own
   * @param body an object; empty where none was sent
   */
  record Caller(Identity identity, String token, JsonNode body) {
    @Override
    public String toString() {
      return "Caller[user=" + identity.userId() + ']';
    }
  }

  private final PublicApi chat;
  private final Dialogs dialogs;
  private final Transcript transcript;
  private final DialogConfig config;

  PanelPaths(PublicApi chat, Dialogs dialogs, Transcript transcript, DialogConfig config) {
    this.chat = chat;
    this.dialogs = dialogs;
    this.transcript = transcript;
    this.config = config;
  }

  /**
   * The dialogs an operator may work in.
   *
   * @param state who answers in them, or null for all
   */
  Future<Outcome> list(Caller caller, String state) {
    String path = SUPPORT + "?limit=" + PAGE;
    return list(
        caller, state == null ? path : path + "&state=" + encode(state), null, new ArrayList<>());
  }

  private Future<Outcome> list(Caller caller, String path, String cursor, List<ObjectNode> found) {
    String page = cursor == null ? path : path + "&cursor=" + encode(cursor);
    return call(caller, HttpMethod.GET, page, null, null)
        .compose(
            answer -> {
              if (!answer.isSuccess()) {
                return Future.succeededFuture(Outcome.refused(answer, CONTENT));
              }
              answer.body().path("items").forEach(item -> found.add(listed(item)));
              String next = answer.body().path("next_cursor").textValue();
              return next == null || found.size() >= config.maxListed()
                  ? Future.succeededFuture(
                      Outcome.ok(found.subList(0, Math.min(found.size(), config.maxListed()))))
                  : list(caller, path, next, found);
            });
  }

  private static ObjectNode listed(JsonNode item) {
    ObjectNode dialog = dialog(item.path("conversation"));
    LISTED.stream().filter(item::hasNonNull).forEach(field -> dialog.set(field, item.get(field)));
    return dialog;
  }

  private static ObjectNode dialog(JsonNode conversation) {
    ObjectNode dialog = JsonNodeFactory.instance.objectNode();
    dialog.set("id", conversation.path("id"));
    dialog.set("state", conversation.path("owner"));
    CONVERSATION.stream()
        .filter(conversation::hasNonNull)
        .forEach(field -> dialog.set(field, conversation.get(field)));
    return dialog;
  }

  Future<Outcome> messages(Caller caller, String id, String after) {
    return dialogs
        .find(id, null)
        .compose(dialog -> transcript.read(id, caller.identity(), after))
        .map(Outcome::ok);
  }

  /**
   * Sends what an operator says.
   *
   * @param key the {@code Idempotency-Key}, or null
   */
  Future<Outcome> send(Caller caller, String id, String key) {
    NewMessage message = NewMessage.of(caller.body(), DialogSide.PANEL, key);
    Map<String, String> body = Map.of("content", message.text());
    return dialogs
        .find(id, null)
        .compose(
            dialog ->
                call(
                    caller,
                    HttpMethod.POST,
                    "/api/v1/conversations/" + dialog.conversationId() + "/messages",
                    message.clientId(),
                    body))
        .map(PanelPaths::sent);
  }

  private static Outcome sent(Answer answer) {
    if (!answer.isSuccess()) {
      return Outcome.refused(answer, CONTENT);
    }
    return answer.status() == ACCEPTED
        ? Outcome.unknown("a running reply has to end first; send it again with its client_id")
        : Outcome.ok(DialogMessage.of(answer.body()));
  }

  /** Does one of {@link #ACTIONS}. */
  Future<Outcome> act(Caller caller, String id, String action) {
    return dialogs
        .find(id, null)
        .compose(
            dialog ->
                call(
                    caller,
                    HttpMethod.POST,
                    SUPPORT + '/' + dialog.conversationId() + '/' + action,
                    null,
                    caller.body()))
        .map(PanelPaths::done);
  }

  private static Outcome done(Answer answer) {
    if (!answer.isSuccess()) {
      return Outcome.refused(answer, CONTENT);
    }
    ObjectNode dialog = dialog(answer.body());
    return answer.status() == ACCEPTED ? Outcome.accepted(dialog) : Outcome.ok(dialog);
  }

  private Future<Answer> call(
      Caller caller, HttpMethod method, String path, String key, Object body) {
    return chat.call(
        new PublicApi.Request(method, path, caller.token(), key, body, config.timeout()));
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}

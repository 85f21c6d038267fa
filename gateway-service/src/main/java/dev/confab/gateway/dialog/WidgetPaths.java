package dev.confab.gateway.dialog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confab.contracts.ErrorCode;
import dev.confab.contracts.chat.ChatCommand;
import dev.confab.contracts.chat.ChatEvent;
import dev.confab.gateway.chatservice.ChatServiceClient;
import dev.confab.gateway.chatservice.PublicApi.Answer;
import dev.confab.gateway.chatservice.SupportClient;
import dev.confab.gateway.dialect.DialogMessage;
import dev.confab.gateway.dialect.DialogSide;
import dev.confab.gateway.limit.VisitorLimits;
import dev.confab.gateway.rest.Outcome;
import dev.confab.gateway.security.Identity;
import dev.confab.gateway.security.Tokens;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code /api/widget/dialogs} and what is below: the visitor's side. */
@ApplicationScoped
class WidgetPaths {
  private static final String CONTENT = "text";
  private static final List<String> PAGE = List.of("url", "title");
  private static final List<String> VISITOR = List.of("name", "page", "title", "key");

  private record State(String id, String assistantId, String state) {}

  /** What was sent, as it is stored. */
  private record Sent(DialogMessage userMessage) {}

  private final Visitors visitors;
  private final Transcript transcript;
  private final SupportClient support;
  private final ChatServiceClient chat;
  private final VisitorLimits limits;

  WidgetPaths(
      Visitors visitors,
      Transcript transcript,
      SupportClient support,
      ChatServiceClient chat,
      VisitorLimits limits) {
    this.visitors = visitors;
    this.transcript = transcript;
    this.support = support;
    this.chat = chat;
    this.limits = limits;
  }

  /** Begins a dialog with an assistant, or at a site. */
  Future<Outcome> begin(HttpServerRequest request, String origin, JsonNode body) {
    long wait = limits.dialog(limits.place(request));
    if (wait > 0) {
      return Future.succeededFuture(Outcome.tooMany("too many dialogs were begun", wait));
    }
    String by = body.hasNonNull("site_id") ? "site_id" : "assistant_id";
    if (!body.path(by).isTextual()) {
      return refusal(ErrorCode.INVALID_VALUE, by + " is required: a string");
    }
    ObjectNode dialog = JsonNodeFactory.instance.objectNode();
    dialog.set(by, body.get(by));
    dialog.put("origin", origin);
    JsonNode visitor = body.path("visitor").isObject() ? body.get("visitor") : body;
    ObjectNode told = dialog.putObject("visitor");
    VISITOR.stream()
        .filter(field -> visitor.path(field).isTextual())
        .forEach(field -> told.set(field, visitor.get(field)));
    return support.begin(dialog).map(WidgetPaths::begun);
  }

  private static Outcome begun(Answer answer) {
    if (!answer.isSuccess()) {
      return Outcome.refused(answer, CONTENT);
    }
    JsonNode opened = answer.body();
    ObjectNode dialog = JsonNodeFactory.instance.objectNode();
    dialog.set("id", opened.path("conversation_id"));
    for (String field : List.of("assistant_id", "site_id", "visitor_token", "greeting")) {
      if (opened.hasNonNull(field)) {
        dialog.set(field, opened.get(field));
      }
    }
    dialog.put("state", opened.path("conversation").path("owner").asText("assistant"));
    return Outcome.created(dialog);
  }

  /** Whether pages of an origin may ask for a dialog; one that is not there is no secret. */
  Future<Void> mayAsk(String dialogId, String origin) {
    return visitors.judge(dialogId, origin);
  }

  /** How a dialog stands now. */
  Future<Outcome> get(HttpServerRequest request, String dialogId, String origin) {
    return admitted(request, dialogId, origin)
        .compose(visitor -> support.dialog(dialogId, origin))
        .map(dialog -> Outcome.ok(new State(dialogId, dialog.assistantId(), dialog.owner())));
  }

  /** The visitor looks at another page. */
  Future<Outcome> page(HttpServerRequest request, String dialogId, String origin, JsonNode body) {
    ObjectNode page = JsonNodeFactory.instance.objectNode();
    PAGE.stream()
        .filter(field -> body.path(field).isTextual())
        .forEach(field -> page.set(field, body.get(field)));
    return admitted(request, dialogId, origin)
        .compose(visitor -> support.page(dialogId, page))
        .map(answer -> answer.isSuccess() ? Outcome.done() : Outcome.refused(answer, CONTENT));
  }

  Future<Outcome> messages(HttpServerRequest request, String dialogId, String origin) {
    return admitted(request, dialogId, origin)
        .compose(visitor -> transcript.read(dialogId, visitor, request.getParam("after")))
        .map(Outcome::ok);
  }

  Future<Outcome> send(HttpServerRequest request, String dialogId, String origin, JsonNode body) {
    long wait = limits.message(limits.place(request));
    if (wait > 0) {
      return Future.succeededFuture(Outcome.tooMany("too many messages were sent", wait));
    }
    NewMessage message = NewMessage.of(body, DialogSide.WIDGET, request.getHeader(NewMessage.KEY));
    return admitted(request, dialogId, origin)
        .compose(
            visitor -> chat.commands(List.of(command(visitor, message))).map(WidgetPaths::sent));
  }

  private static ChatCommand command(Identity visitor, NewMessage message) {
    return new ChatCommand.SendMessage(
        UUID.randomUUID().toString(),
        visitor.conversationId(),
        visitor.actor(),
        null,
        message.clientId(),
        message.text(),
        null,
        null);
  }

  private static Outcome sent(List<ChatEvent> outcomes) {
    return switch (outcomes.isEmpty() ? null : outcomes.getFirst()) {
      case ChatEvent.MessageAdded added -> Outcome.ok(new Sent(DialogMessage.of(added.message())));
      case ChatEvent.CommandRejected rejected when rejected.code() == ErrorCode.RATE_LIMITED ->
          Outcome.tooMany(
              rejected.message(),
              rejected.retryAfterMs() == null ? 0 : rejected.retryAfterMs() * 1_000_000);
      case ChatEvent.CommandRejected rejected ->
          Outcome.problem(rejected.code(), rejected.message());
      case null, default ->
          Outcome.unknown("not confirmed in time; send it again with its client_id");
    };
  }

  private Future<Identity> admitted(HttpServerRequest request, String dialogId, String origin) {
    Optional<String> token =
        Tokens.ofDialectHeader(request.getHeader("Authorization"))
            .or(() -> Optional.ofNullable(request.getParam("visitor_token")))
            .or(() -> Optional.ofNullable(request.getParam("token")));
    return visitors.admit(
        new Visitors.Wish(dialogId, request.getParam("assistant_id"), origin, token));
  }

  private static Future<Outcome> refusal(ErrorCode code, String detail) {
    return Future.succeededFuture(Outcome.problem(code, detail));
  }
}

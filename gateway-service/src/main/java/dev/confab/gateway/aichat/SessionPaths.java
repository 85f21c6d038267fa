package dev.confab.gateway.aichat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.chatservice.ChatServiceClient;
import dev.confab.gateway.chatservice.PublicApi;
import dev.confab.gateway.dialect.AiChatFrames;
import dev.confab.gateway.rest.Outcome;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** {@code sessions/} and what is below, in the words of v1's conversations. */
@ApplicationScoped
class SessionPaths {
  private static final String CONVERSATIONS = "/api/v1/conversations";
  private static final int PAGE = 200;

  private final V1 v1;
  private final ChatServiceClient chat;
  private final WholeAnswers answers;
  private final AiChatConfig config;

  SessionPaths(V1 v1, ChatServiceClient chat, WholeAnswers answers, AiChatConfig config) {
    this.v1 = v1;
    this.chat = chat;
    this.answers = answers;
    this.config = config;
  }

  Future<Outcome> list(Caller caller) {
    int limit = limit(caller, config.maxListed());
    return v1.items(caller, CONVERSATIONS + "?kind=assistant", limit, SessionView::isSession)
        .compose(found -> found.map(items -> views(caller, items), Future::succeededFuture));
  }

  private Future<Outcome> views(Caller caller, List<JsonNode> conversations) {
    List<String> ids = conversations.stream().map(c -> c.path("id").asText()).toList();
    return chat.messageCounts(caller.identity().userId(), ids)
        .map(
            counts ->
                Outcome.ok(
                    conversations.stream()
                        .map(c -> SessionView.of(c, counts.getOrDefault(c.path("id").asText(), 0L)))
                        .toList()));
  }

  Future<Outcome> create(Caller caller) {
    return v1.call(
            caller, HttpMethod.POST, CONVERSATIONS, AiChatJson.newConversation(caller.body()))
        .compose(answer -> view(caller, answer, Outcome::created));
  }

  /** A conversation that v1 answered with, as a session. */
  Future<Outcome> view(Caller caller, PublicApi.Answer answer, Function<Object, Outcome> outcome) {
    if (!answer.isSuccess()) {
      return Future.succeededFuture(Outcome.refused(answer, "message"));
    }
    String id = answer.body().path("id").asText();
    return chat.messageCounts(caller.identity().userId(), List.of(id))
        .map(counts -> outcome.apply(SessionView.of(answer.body(), counts.getOrDefault(id, 0L))));
  }

  Future<Outcome> get(Caller caller, String id) {
    return v1.call(caller, HttpMethod.GET, path(id), null)
        .compose(answer -> view(caller, answer, Outcome::ok));
  }

  Future<Outcome> patch(Caller caller, String id) {
    return v1.call(caller, HttpMethod.PATCH, path(id), AiChatJson.conversationPatch(caller.body()))
        .compose(answer -> view(caller, answer, Outcome::ok));
  }

  Future<Outcome> delete(Caller caller, String id) {
    return v1.call(caller, HttpMethod.DELETE, path(id), null)
        .map(answer -> answer.isSuccess() ? Outcome.done() : Outcome.refused(answer, "message"));
  }

  /** The latest messages, oldest first, read backwards page by page. */
  Future<Outcome> messages(Caller caller, String id) {
    return before(caller, id, null, new ArrayList<>(), limit(caller, config.maxMessages()));
  }

  private Future<Outcome> before(
      Caller caller, String id, Long before, List<JsonNode> found, int limit) {
    int page = Math.min(PAGE, limit - found.size());
    String path = path(id) + "/messages?limit=" + page;
    return v1.call(
            caller, HttpMethod.GET, before == null ? path : path + "&before_seq=" + before, null)
        .compose(
            answer -> {
              if (!answer.isSuccess()) {
                return Future.succeededFuture(Outcome.refused(answer, "message"));
              }
              List<JsonNode> older = new ArrayList<>();
              answer.body().path("items").forEach(older::add);
              Collections.reverse(older);
              found.addAll(older);
              return older.size() < page || found.size() >= limit
                  ? Future.succeededFuture(Outcome.ok(views(found)))
                  : before(caller, id, older.getLast().path("seq").asLong(), found, limit);
            });
  }

  private static List<AiChatFrames.Message> views(List<JsonNode> newestFirst) {
    return newestFirst.reversed().stream()
        .filter(message -> !"deleted".equals(message.path("status").asText()))
        .map(AiChatFrames.Message::of)
        .toList();
  }

  Future<Outcome> send(Caller caller, String id) {
    JsonNode message = caller.body().get("message");
    if (message == null || !message.isTextual()) {
      return Future.succeededFuture(
          Outcome.problem(ErrorCode.INVALID_VALUE, "message is required: a string"));
    }
    return answers.ask(caller.identity(), caller.token(), id, message.textValue(), caller.key());
  }

  private static int limit(Caller caller, int most) {
    return caller.limit() == null ? most : Math.clamp(caller.limit(), 1, most);
  }

  private static String path(String id) {
    return CONVERSATIONS + '/' + id;
  }
}

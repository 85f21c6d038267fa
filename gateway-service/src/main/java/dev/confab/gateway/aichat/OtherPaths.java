package dev.confab.gateway.aichat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confab.gateway.chatservice.PublicApi.Answer;
import dev.confab.gateway.rest.Outcome;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** {@code models/}, {@code presets/} and {@code health/}. */
@ApplicationScoped
class OtherPaths {
  private static final String ASSISTANTS = "/api/v1/assistants";
  private static final String MODELS = "/api/v1/models";

  private final V1 v1;
  private final SessionPaths sessions;
  private final AiChatConfig config;

  OtherPaths(V1 v1, SessionPaths sessions, AiChatConfig config) {
    this.v1 = v1;
    this.sessions = sessions;
    this.config = config;
  }

  Future<Outcome> models(Caller caller) {
    return list(caller, MODELS, AiChatJson::model);
  }

  Future<Outcome> syncModels(Caller caller) {
    return v1.call(caller, HttpMethod.POST, MODELS + "/sync", null)
        .map(answer -> told(answer, OtherPaths::synced));
  }

  private static JsonNode synced(JsonNode answer) {
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    for (String field : List.of("added", "retired", "active")) {
      told.set(field, answer.get(field));
    }
    told.putArray("models").addAll(each(answer.path("items"), AiChatJson::model));
    return told;
  }

  private static List<JsonNode> each(JsonNode items, Function<JsonNode, ObjectNode> view) {
    List<JsonNode> views = new ArrayList<>();
    items.forEach(item -> views.add(view.apply(item)));
    return views;
  }

  Future<Outcome> presets(Caller caller) {
    return list(caller, ASSISTANTS, AiChatJson::preset);
  }

  private Future<Outcome> list(Caller caller, String path, Function<JsonNode, ObjectNode> view) {
    return v1.items(caller, path, config.maxListed(), item -> true)
        .map(
            found ->
                found.map(
                    items -> Outcome.ok(items.stream().map(view).toList()), Function.identity()));
  }

  Future<Outcome> createPreset(Caller caller) {
    return v1.call(caller, HttpMethod.POST, ASSISTANTS, AiChatJson.assistant(caller.body()))
        .map(
            answer ->
                answer.isSuccess()
                    ? Outcome.created(AiChatJson.preset(answer.body()))
                    : Outcome.refused(answer, "message"));
  }

  Future<Outcome> preset(Caller caller, String id) {
    return v1.call(caller, HttpMethod.GET, ASSISTANTS + '/' + id, null)
        .map(answer -> told(answer, AiChatJson::preset));
  }

  Future<Outcome> patchPreset(Caller caller, String id) {
    return v1.call(
            caller, HttpMethod.PATCH, ASSISTANTS + '/' + id, AiChatJson.assistant(caller.body()))
        .map(answer -> told(answer, AiChatJson::preset));
  }

  Future<Outcome> deletePreset(Caller caller, String id) {
    return v1.call(caller, HttpMethod.DELETE, ASSISTANTS + '/' + id, null)
        .map(answer -> answer.isSuccess() ? Outcome.done() : Outcome.refused(answer, "message"));
  }

  Future<Outcome> sessionFromPreset(Caller caller, String id) {
    ObjectNode wish = JsonNodeFactory.instance.objectNode();
    if (caller.body().hasNonNull("title")) {
      wish.set("title", caller.body().get("title"));
    }
    return v1.call(caller, HttpMethod.POST, ASSISTANTS + '/' + id + "/conversations", wish)
        .compose(answer -> sessions.view(caller, answer, Outcome::created));
  }

  Future<Outcome> stats(Caller caller) {
    return v1.call(caller, HttpMethod.GET, "/api/v1/stats", null)
        .map(answer -> told(answer, AiChatJson::stats));
  }

  /** For everybody. */
  Future<Outcome> llmServer() {
    return v1.call(null, HttpMethod.GET, "/api/v1/status", null)
        .map(answer -> told(answer, AiChatJson::llmServer));
  }

  private static Outcome told(Answer answer, Function<JsonNode, ?> view) {
    return answer.isSuccess()
        ? Outcome.ok(view.apply(answer.body()))
        : Outcome.refused(answer, "message");
  }
}

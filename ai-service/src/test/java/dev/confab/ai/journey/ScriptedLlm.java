package dev.confab.ai.journey;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** An OpenAI-compatible server that does what a test says, by model name; serves a JWKS as well. */
final class ScriptedLlm implements AutoCloseable {
  /** One streamed completion in the making. */
  static final class Exchange {
    final JsonObject request;
    final CompletableFuture<Void> hungUp = new CompletableFuture<>();
    private final Vertx vertx;
    private final HttpServerRequest http;
    private final HttpServerResponse response;

    Exchange(Vertx vertx, HttpServerRequest http, JsonObject request) {
      this.vertx = vertx;
      this.http = http;
      this.request = request;
      this.response = http.response();
      http.connection().closeHandler(closed -> hungUp.complete(null));
    }

    Exchange headers() {
      response.setChunked(true).putHeader("Content-Type", "text/event-stream").writeHead();
      return this;
    }

    Exchange token(String text) {
      return raw(chunk(new JsonObject().put("content", text), null).encode());
    }

    /** The model asks for a tool; its arguments come in two parts, as they do. */
    Exchange tool(int index, String name, String arguments) {
      JsonObject function = new JsonObject().put("name", name).put("arguments", "");
      int half = arguments.length() / 2;
      JsonObject call =
          new JsonObject()
              .put("index", index)
              .put("id", "call_" + index)
              .put("type", "function")
              .put("function", function);
      raw(chunk(calls(call), null).encode());
      raw(chunk(calls(part(index, arguments.substring(0, half))), null).encode());
      return raw(chunk(calls(part(index, arguments.substring(half))), null).encode());
    }

    private static JsonObject part(int index, String arguments) {
      return new JsonObject()
          .put("index", index)
          .put("function", new JsonObject().put("arguments", arguments));
    }

    private static JsonObject calls(JsonObject call) {
      return new JsonObject().put("tool_calls", new JsonArray().add(call));
    }

    /** What tools said, in the order in which they were asked. */
    List<String> toolAnswers() {
      return request.getJsonArray("messages").stream()
          .map(JsonObject.class::cast)
          .filter(message -> "tool".equals(message.getString("role")))
          .map(message -> message.getString("content"))
          .toList();
    }

    Exchange raw(String data) {
      response.write("data: " + data + "\n\n");
      return this;
    }

    Exchange finish(String reason, int prompt, int completion) {
      raw(chunk(new JsonObject(), reason).encode());
      JsonObject usage =
          new JsonObject()
              .put("prompt_tokens", prompt)
              .put("completion_tokens", completion)
              .put("total_tokens", prompt + completion);
      return raw(base().put("choices", new JsonArray()).put("usage", usage).encode());
    }

    void done() {
      raw("[DONE]").end();
    }

    void end() {
      response.end();
    }

    void cut() {
      http.connection().close();
    }

    void status(int code) {
      response.setStatusCode(code).end("{\"error\":{\"message\":\"scripted\"}}");
    }

    void after(long ms, Runnable step) {
      vertx.setTimer(ms, ignored -> step.run());
    }

    private JsonObject base() {
      return new JsonObject()
          .put("id", "chatcmpl-1")
          .put("object", "chat.completion.chunk")
          .put("created", 1)
          .put("model", request.getString("model"));
    }

    private JsonObject chunk(JsonObject delta, String reason) {
      JsonObject choice =
          new JsonObject().put("index", 0).put("delta", delta).put("finish_reason", reason);
      return base().put("choices", new JsonArray().add(choice));
    }
  }

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, Consumer<Exchange>> scripts = new ConcurrentHashMap<>();
  private final Queue<Exchange> exchanges = new ConcurrentLinkedQueue<>();
  private final HttpServer server;
  private volatile List<String> models = List.of("listed-1");
  private final String jwks;
  final ScriptedServices services = new ScriptedServices();

  ScriptedLlm(String jwks) {
    this.jwks = jwks;
    this.server =
        vertx
            .createHttpServer()
            .requestHandler(this::serve)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** What is listed from now on. */
  void lists(String... ids) {
    models = List.of(ids);
  }

  void on(String model, Consumer<Exchange> script) {
    scripts.put(model, script);
  }

  /** What was asked of a model, oldest first. */
  List<Exchange> asked(String model) {
    return exchanges.stream().filter(x -> model.equals(x.request.getString("model"))).toList();
  }

  private void serve(HttpServerRequest request) {
    if (request.path().endsWith("/models")) {
      JsonArray data = new JsonArray();
      models.forEach(
          id ->
              data.add(
                  new JsonObject()
                      .put("id", id)
                      .put("object", "model")
                      .put("context_length", 4096)));
      request.response().end(new JsonObject().put("object", "list").put("data", data).encode());
    } else if (services.serve(request)) {
      // The other services' part.
    } else if (request.path().endsWith("jwks.json")) {
      request.response().putHeader("Content-Type", "application/json").end(jwks);
    } else {
      request.bodyHandler(
          body -> {
            Exchange exchange = new Exchange(vertx, request, body.toJsonObject());
            exchanges.add(exchange);
            scripts
                .getOrDefault(exchange.request.getString("model"), unknown -> unknown.status(404))
                .accept(exchange);
          });
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}

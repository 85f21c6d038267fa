package dev.confab.ai.journey;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The ends of auth-service, of chat-service and of an MCP server that this service knows. */
final class ScriptedServices {
  /** Queries as they came in. */
  final List<String> searches = new CopyOnWriteArrayList<>();

  /** Whether this was a request for one of them; then it was answered. */
  boolean serve(HttpServerRequest request) {
    switch (request.path()) {
      case "/internal/token" ->
          answer(request, new JsonObject().put("access_token", "token").put("expires_in", 900));
      case "/internal/search" -> search(request);
      case "/mcp" -> mcp(request);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void search(HttpServerRequest request) {
    boolean authorised = "Bearer token".equals(request.getHeader("Authorization"));
    searches.add(request.getParam("user_id") + ": " + request.getParam("q"));
    if (!authorised) {
      request.response().setStatusCode(401).end();
      return;
    }
    JsonObject hit =
        new JsonObject()
            .put("conversation_id", "c9")
            .put("title", "Holidays")
            .put("message_id", "m9")
            .put("seq", 3)
            .put("message_type", "user")
            .put("sender_name", "Ada")
            .put("snippet", "we went to <mark>Rome</mark> &amp; back")
            .put("created_at", "2026-01-02T03:04:05Z");
    answer(request, new JsonObject().put("items", new JsonArray().add(hit)));
  }

  private static void answer(HttpServerRequest request, JsonObject body) {
    request.response().putHeader("Content-Type", "application/json").end(body.encode());
  }

  private static void mcp(HttpServerRequest request) {
    if (!"POST".equals(request.method().name())) {
      request.response().setStatusCode(405).end();
      return;
    }
    request.bodyHandler(
        body -> {
          JsonObject message = body.toJsonObject();
          JsonObject result = mcpResult(message);
          if (result == null) {
            request.response().setStatusCode(202).end();
          } else {
            answer(
                request,
                new JsonObject()
                    .put("jsonrpc", "2.0")
                    .put("id", message.getValue("id"))
                    .put("result", result));
          }
        });
  }

  private static JsonObject mcpResult(JsonObject message) {
    return switch (message.getString("method")) {
      case "initialize" ->
          new JsonObject()
              .put("protocolVersion", message.getJsonObject("params").getString("protocolVersion"))
              .put("capabilities", new JsonObject().put("tools", new JsonObject()))
              .put("serverInfo", new JsonObject().put("name", "docs").put("version", "1"));
      case "tools/list" -> new JsonObject().put("tools", new JsonArray().add(tool()));
      case "tools/call" -> {
        String word = message.getJsonObject("params").getJsonObject("arguments").getString("word");
        JsonObject text = new JsonObject().put("type", "text").put("text", "meaning of " + word);
        yield new JsonObject().put("content", new JsonArray().add(text)).put("isError", false);
      }
      default -> null;
    };
  }

  private static JsonObject tool() {
    JsonObject schema =
        new JsonObject()
            .put("type", "object")
            .put(
                "properties", new JsonObject().put("word", new JsonObject().put("type", "string")));
    return new JsonObject()
        .put("name", "lookup")
        .put("description", "Looks a word up")
        .put("inputSchema", schema);
  }
}

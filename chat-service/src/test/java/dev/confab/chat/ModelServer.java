package dev.confab.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Speaks as ai-service does of its models, and hands out tokens as auth-service does. A test says
 * over HTTP what it tells: {@code PUT /script/now} at once, {@code PUT /script/next} when it is
 * asked to synchronise, {@code PUT /script/down} nothing.
 */
public class ModelServer implements QuarkusTestResourceLifecycleManager {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicReference<String> now = new AtomicReference<>("");
  private final AtomicReference<String> next = new AtomicReference<>("");
  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.createContext("/internal/token", this::token);
    server.createContext("/internal/models", this::models);
    server.createContext("/internal/visitor-tokens", this::visitorToken);
    server.createContext("/internal/completions", this::completion);
    server.createContext("/script", this::script);
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    Map<String, String> settings = new HashMap<>();
    settings.put("confab.chat.auth-url", url);
    settings.put("confab.chat.ai-urls", "http://127.0.0.1:1," + url);
    settings.put("confab.chat.client-secret", "secret");
    settings.put("confab.chat.models.look-every", "100ms");
    settings.put("confab.chat.models.ask-every", "200ms");
    settings.put("confab.chat.models.move-every", "200ms");
    settings.put("confab.chat.models.move-batch", "10");
    return settings;
  }

  private void token(HttpExchange exchange) throws IOException {
    answer(exchange, 200, "{\"access_token\":\"service\",\"expires_in\":900}");
  }

  private void visitorToken(HttpExchange exchange) throws IOException {
    JsonNode asked = JSON.readTree(exchange.getRequestBody());
    String token =
        TestTokens.visitor(asked.path("user_id").asText(), asked.path("name").asText("Visitor"));
    answer(exchange, 200, "{\"access_token\":\"%s\",\"expires_in\":86400}".formatted(token));
  }

  /** Repeats what it was told. */
  private void completion(HttpExchange exchange) throws IOException {
    JsonNode messages = JSON.readTree(exchange.getRequestBody()).path("messages");
    String text = String.join(" | ", messages.findValuesAsText("content"));
    answer(exchange, 200, JSON.writeValueAsString(Map.of("text", text)));
  }

  private void models(HttpExchange exchange) throws IOException {
    boolean known = "Bearer service".equals(exchange.getRequestHeaders().getFirst("Authorization"));
    if (!known) {
      answer(exchange, 401, "{}");
      return;
    }
    if (exchange.getRequestURI().getPath().endsWith("/sync")) {
      now.updateAndGet(before -> before.isEmpty() ? before : next.get());
    }
    String told = now.get();
    answer(exchange, told.isEmpty() ? 503 : 200, told.isEmpty() ? "{}" : told);
  }

  private void script(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    switch (exchange.getRequestURI().getPath()) {
      case "/script/now" -> now.set(body);
      case "/script/next" -> next.set(body);
      default -> now.set("");
    }
    answer(exchange, 200, "{}");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void stop() {
    server.stop(0);
  }
}

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Speaks as auth-service does of people. Every user name is somebody's, but those that begin with
 * {@code no}; every id has an account whose name tells its end.
 */
public class AccountServer implements QuarkusTestResourceLifecycleManager {
  private final ObjectMapper json = new ObjectMapper();
  private HttpServer server;

  /** The id of who has a user name. */
  static UUID idOf(String username) {
    return UUID.nameUUIDFromBytes(username.getBytes(StandardCharsets.UTF_8));
  }

  /** What the account of an id is called. */
  static String nameOf(UUID id) {
    return "Name " + id.toString().substring(30);
  }

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.createContext(
        "/internal/token",
        exchange -> answer(exchange, 200, "{\"access_token\":\"service\",\"expires_in\":900}"));
    server.createContext("/internal/users", this::users);
    server.start();
    return Map.of(
        "confab.chat.auth-url",
        "http://127.0.0.1:" + server.getAddress().getPort(),
        "confab.chat.client-secret",
        "secret");
  }

  private void users(HttpExchange exchange) throws IOException {
    if (!"Bearer service".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      answer(exchange, 401, "{}");
      return;
    }
    JsonNode asked = json.readTree(exchange.getRequestBody());
    List<Map<String, String>> items = new ArrayList<>();
    for (JsonNode each : asked.path("usernames")) {
      if (!each.asText().startsWith("no")) {
        items.add(account(idOf(each.asText()), each.asText()));
      }
    }
    for (JsonNode each : asked.path("ids")) {
      items.add(account(UUID.fromString(each.asText()), "somebody"));
    }
    answer(exchange, 200, json.writeValueAsString(Map.of("items", items)));
  }

  private static Map<String, String> account(UUID id, String username) {
    return Map.of("id", id.toString(), "username", username, "name", nameOf(id));
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

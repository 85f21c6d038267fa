package dev.confab.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.confab.gateway.security.TestIssuer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A small server in the place of the other services: it serves the test keys and tells in its
 * answers what reached it. Timings are short, so that tests are.
 */
public class Neighbours implements QuarkusTestResourceLifecycleManager {
  private static final ObjectMapper JSON = new ObjectMapper();

  private HttpServer server;
  private ExecutorService threads;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      threads = Executors.newVirtualThreadPerTaskExecutor();
      server.setExecutor(threads);
      server.createContext("/", Neighbours::echo);
      server.createContext(
          "/.well-known/jwks.json", exchange -> answer(exchange, 200, TestIssuer.known().keySet()));
      server.createContext("/internal/support/desk", Neighbours::desk);
      server.createContext("/internal/", SupportNeighbour::answer);
      server.start();
      String here = "http://127.0.0.1:" + server.getAddress().getPort();
      String nobody = "http://127.0.0.1:" + closedPort();
      return Map.ofEntries(
          Map.entry("confab.security.auth-url", here),
          Map.entry("confab.chat-service.auth-url", here),
          Map.entry("confab.chat-service.urls", here),
          Map.entry("confab.proxy.auth-urls", here),
          Map.entry("confab.proxy.chat-urls", nobody + "," + here),
          Map.entry("confab.proxy.ai-urls", nobody),
          Map.entry("confab.connection.authentication-timeout", "3s"),
          Map.entry("confab.connection.renewal-timeout", "5s"),
          Map.entry("confab.connection.heartbeat.sweep", "100ms"),
          Map.entry("confab.connection.heartbeat.interval", "500ms"),
          Map.entry("confab.connection.heartbeat.silence", "8s"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void echo(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    StringBuilder json = new StringBuilder("{\"method\":\"");
    json.append(exchange.getRequestMethod())
        .append("\",\"uri\":\"")
        .append(exchange.getRequestURI())
        .append("\",\"body_length\":")
        .append(body.length);
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) ->
                json.append(",\"").append(name).append("\":\"").append(values.get(0)).append('"'));
    answer(exchange, 200, json.append('}').toString());
  }

  /** Dialogs called {@code of-<user>} are one operator's, others everybody's. */
  private static void desk(HttpExchange exchange) throws IOException {
    StringBuilder dialogs = new StringBuilder();
    for (JsonNode each : JSON.readTree(exchange.getRequestBody()).path("dialog_ids")) {
      String id = each.asText();
      String operators = id.startsWith("of-") ? "[\"" + id.substring(3) + "\"]" : "null";
      dialogs
          .append(dialogs.isEmpty() ? "" : ",")
          .append("{\"dialog\":{\"id\":\"%s\"},\"operators\":%s}".formatted(id, operators));
    }
    answer(exchange, 200, "{\"dialogs\":[" + dialogs + "]}");
  }

  static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
      threads.shutdownNow();
    }
  }
}
